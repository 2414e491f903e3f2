using Framelane.Application.Abstractions;
using Framelane.Bench.Common;
using Framelane.Bench.Load;
using Framelane.Domain.Workspaces;
using Framelane.Infrastructure.Backplane;
using Microsoft.Extensions.DependencyInjection;

namespace Framelane.Bench.Proofs;

/// <summary>Tries to make one workspace wait for another's flood, which lies in the database when the nodes start.</summary>
sealed class FairnessProof(int nodes, int flood, int endpoints, int repeats, int limit, int seed)
{
    /// <summary>Of the flood, arrivals before the first event: every node has sent something by then.</summary>
    const int WarmUp = 200;

    /// <summary>For the records of what arrived last.</summary>
    static readonly TimeSpan RecordingTime = TimeSpan.FromSeconds(2);

    readonly Findings findings = new();
    readonly Random random = new(seed);

    public static async Task<int> RunAsync(Arguments args)
    {
        var proof = new FairnessProof(
            args.Number("nodes", 5, 1, 20),
            args.Number("flood", 100_000),
            args.Number("endpoints", 20, 1, 1000),
            args.Number("repeats", 20),
            args.Number("limit", 1000),
            args.Number("seed", Random.Shared.Next(1_000_000), 0));
        args.Done();
        return await proof.RunAsync();
    }

    async Task<int> RunAsync()
    {
        Report.Say($"{nodes} nodes, {flood} deliveries to {endpoints} endpoints of one workspace, {repeats} events of another, seed {seed}");
        await using var fleet = await Fleet.StartAsync(nodes, 2, [endpoints, 1], random.Next());
        foreach (var server in fleet.Cluster.Servers)
            await server.StopAsync();

        // A worker, which announces what it commits.
        using var worker = await Composition.BuildAsync(fleet.DataPath, [.. fleet.Settings, new("Framelane:Roles", "worker")]);
        await worker.StartAsync();
        var backplane = worker.Services.GetRequiredService<IBackplane>();
        while (!backplane.IsConnected)
            await Task.Delay(20);
        await CommitAsync(worker.Services, fleet.Tenants[0], $"render_{0:D26}");
        fleet.Multiply(Math.Max(1, flood / endpoints));
        await fleet.Cluster.StartAsync();
        while (fleet.Sink.Count < WarmUp)
            await Task.Delay(20);
        Report.Say($"The flood flows: {fleet.Sink.Count} deliveries arrived.");

        Dictionary<string, DateTimeOffset> committed = [];
        for (var i = 0; i < repeats; i++)
        {
            await Task.Delay(random.Next(500, 1500));
            await CommitAsync(worker.Services, fleet.Tenants[1], $"render_single{i}");
            committed[$"render_single{i}"] = DateTimeOffset.UtcNow;
        }

        using var stored = fleet.OpenStored();
        var pending = stored.Pending();
        var single = fleet.Tenants[1].PathOf(0, 0);
        for (var until = DateTimeOffset.UtcNow.AddMilliseconds(2 * limit); DateTimeOffset.UtcNow < until && Arrived(fleet.Sink, single) < repeats;)
            await Task.Delay(100);
        await Task.Delay(RecordingTime);
        foreach (var server in fleet.Cluster.Servers)
            await server.KillAsync();
        await worker.StopAsync();
        return Conclude(fleet, stored, committed, pending);
    }

    int Conclude(Fleet fleet, Stored stored, Dictionary<string, DateTimeOffset> committed, long pending)
    {
        if (pending < flood / 20)
            findings.Add("nothing was proven", $"of the flood {pending} deliveries were left at the last event's commit; --flood has to be larger");
        var deliveries = stored.Deliveries().Where(delivery => committed.ContainsKey(delivery.JobId ?? "")).ToDictionary(delivery => delivery.Id, delivery => delivery.JobId!);
        var records = stored.Attempts();
        var starts = records.Where(attempt => attempt.Number == 1 && deliveries.ContainsKey(attempt.DeliveryId)).ToDictionary(attempt => deliveries[attempt.DeliveryId]);
        List<double> waits = [];
        foreach (var (job, at) in committed)
        {
            var first = starts.GetValueOrDefault(job);
            var wait = first is null ? double.PositiveInfinity : Math.Max(0, (first.StartedAt - at).TotalMilliseconds);
            waits.Add(wait);
            if (wait <= limit)
                continue;
            var meanwhile = records.Count(attempt => attempt.WorkspaceId != fleet.Tenants[1].WorkspaceId && attempt.StartedAt >= at && attempt.StartedAt < (first?.StartedAt ?? DateTimeOffset.MaxValue));
            findings.Add(
                "an event waited for another workspace's flood",
                $"{job}, committed {at:HH:mm:ss.ffffff}, {first?.ToString() ?? "not started at the end"}; meanwhile {meanwhile} attempts of the flood started",
                committed.Select(other => $"    {other.Key} committed {other.Value:HH:mm:ss.ffffff}, {starts.GetValueOrDefault(other.Key)?.ToString() ?? "not started"}"));
        }

        var attempts = fleet.Sink.Receipts;
        Report.Say($"Waited, in ms: {string.Join(' ', waits.Select(wait => $"{wait:0}"))}");
        findings.Summarise();
        Report.Result(new
        {
            attempts = attempts.Count,
            violations = findings.Count,
            lost = committed.Count - starts.Count,
            duplicates = attempts.Count - attempts.Select(receipt => (receipt.DeliveryId, receipt.Attempt)).Distinct().Count(),
            worst_ms = Finite(waits.Max()),
            p50_ms = Finite(Statistics.Percentile(waits, 50)),
            flood,
            flood_left = pending,
            repeats,
            seed,
        });
        return findings.Count == 0 ? 0 : 1;
    }

    static int Arrived(RecordingSink sink, string path) => sink.Receipts.Where(receipt => receipt.Path == path).DistinctBy(receipt => receipt.EventId).Count();

    static double Finite(double wait) => double.IsInfinity(wait) ? -1 : Report.Rounded(wait, 1);

    static Task CommitAsync(IServiceProvider services, Tenant tenant, string jobId) => ProducerProcess.CommitAsync(services, new NewEvent(
        WorkspaceId.FromStored(tenant.WorkspaceId),
        "render.completed",
        jobId,
        1,
        Bodies.Job(jobId, 700),
        new Dictionary<string, string>(),
        null));
}
