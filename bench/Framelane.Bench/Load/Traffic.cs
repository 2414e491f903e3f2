using System.Diagnostics;
using System.Globalization;
using Framelane.Application.Abstractions;
using Framelane.Domain.Events;
using Framelane.Domain.Workspaces;
using Framelane.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Framelane.Bench.Load;

/// <summary>Commits events, each to all webhooks of its workspace, through the product's own unit of work and outbox.</summary>
sealed class Traffic(IServiceProvider services, WorkspaceId workspaceId)
{
    static readonly Dictionary<string, string> NoMetadata = [];

    int made;

    /// <summary>Traffic of the workspace that has webhooks.</summary>
    public static async Task<Traffic> OfAsync(IServiceProvider services)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<FramelaneDbContext>>().CreateDbContextAsync();
        return new(services, await db.Webhooks.Select(webhook => webhook.WorkspaceId).FirstAsync());
    }

    /// <summary>Commits at that rate, whatever a commit takes; at 0 one after the other. Ends with the commit that was under way.</summary>
    public async Task<List<Committed>> RunAsync(double rate, CancellationToken stop)
    {
        List<Committed> committed = [];
        var began = Stopwatch.GetTimestamp();
        while (!stop.IsCancellationRequested)
        {
            if (rate > 0 && TimeSpan.FromSeconds(committed.Count / rate) - Stopwatch.GetElapsedTime(began) is var early && early > TimeSpan.Zero)
            {
                await Task.Delay(early, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                continue;
            }

            committed.Add(await CommitAsync());
        }

        return committed;
    }

    async Task<Committed> CommitAsync()
    {
        await using var scope = services.CreateAsyncScope();
        var outbox = scope.ServiceProvider.GetRequiredService<IEventOutbox>();
        var jobId = string.Create(CultureInfo.InvariantCulture, $"render_{Interlocked.Increment(ref made):D26}");
        var happened = new NewEvent(workspaceId, "render.completed", jobId, 1, Bodies.Job(jobId, 700), NoMetadata, null);
        await scope.ServiceProvider.GetRequiredService<IUnitOfWork>().ExecuteAsync<bool>(
            async token =>
            {
                await outbox.AppendAsync(happened, token);
                return true;
            },
            CancellationToken.None);
        var at = Stopwatch.GetTimestamp();
        var db = scope.ServiceProvider.GetRequiredService<FramelaneDbContext>();
        return new(db.ChangeTracker.Entries<WebhookEvent>().Single().Entity.Id.Value, at);
    }
}

/// <param name="At">On the machine's monotonic clock, which its processes share.</param>
sealed record Committed(string EventId, long At);
