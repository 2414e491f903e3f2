using System.Diagnostics;
using System.Text.Json;
using Framelane.Bench.Load;
using Framelane.Domain.Deliveries;
using Framelane.Infrastructure.Dispatch;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Framelane.Bench.Speed;

/// <summary>
/// The process <c>claim</c>: for each line, a place with a backlog, it says that it is ready, and at the next line claims and records through
/// the product's own store, sending nothing, until nothing is due.
/// </summary>
static class ClaimProcess
{
    const int PerLane = 8;

    static readonly Uri Nowhere = new("http://127.0.0.1:9/");

    public static async Task<int> RunAsync()
    {
        while (await Console.In.ReadLineAsync() is { } line)
        {
            using var host = await Composition.BuildAsync(Place.Parse(line), []);
            var store = host.Services.GetRequiredService<IDispatchStore>();
            await store.FindDueLanesAsync(DateTimeOffset.UtcNow, CancellationToken.None);
            Console.WriteLine("ready");
            await Console.In.ReadLineAsync();
            Console.WriteLine(JsonSerializer.Serialize(await ClaimAllAsync(store)));
            NpgsqlConnection.ClearAllPools();
        }

        return 0;
    }

    static async Task<ClaimRun> ClaimAllAsync(IDispatchStore store)
    {
        var began = Stopwatch.GetTimestamp();
        var (recorded, lost, claims) = (0, 0, 0);
        while (await store.FindDueLanesAsync(DateTimeOffset.UtcNow, CancellationToken.None) is { Count: > 0 } due)
        {
            var now = DateTimeOffset.UtcNow;
            var claimed = await store.ClaimAsync([.. due.Select(lane => new LaneClaim(lane.Lane, PerLane))], now, now.AddMinutes(1), CancellationToken.None);
            if (claimed.Count == 0)
                continue;
            claims++;
            FinishedAttempt[] finished = [.. claimed.Select(Succeeded)];
            EndpointTally[] tallies = [.. finished.DistinctBy(made => made.Delivery.Lane).Select(made => new EndpointTally(made.Delivery.WebhookId!, made.Delivery.WorkspaceId, made.EndedAt, true))];
            var outcome = await store.RecordAsync(finished, [], claims == 1 ? tallies : [], now, CancellationToken.None);
            recorded += outcome.Recorded.Total;
            lost += outcome.LeasesLost;
        }

        return new(began, Stopwatch.GetTimestamp(), claims, recorded, lost);
    }

    static FinishedAttempt Succeeded(ClaimedDelivery delivery)
    {
        var now = DateTimeOffset.UtcNow;
        return new()
        {
            Delivery = delivery,
            Target = Nowhere,
            Result = AttemptResult.Answered(204),
            ResponseBody = null,
            StartedAt = now,
            EndedAt = now,
            Epoch = 1,
            Signatures = 1,
            Verdict = Verdict.Success,
        };
    }
}

/// <param name="Began">On the machine's monotonic clock, which its processes share.</param>
sealed record ClaimRun(long Began, long Ended, int Claims, int Recorded, int Lost);
