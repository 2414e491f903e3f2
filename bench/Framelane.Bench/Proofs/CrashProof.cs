using Framelane.Bench.Common;
using Framelane.Bench.Load;

namespace Framelane.Bench.Proofs;

/// <summary>
/// Tries to lose a delivery, or to bring one back that is done: nodes and producer are killed at any moment under load and started again, one
/// node is stopped for longer than a lease, and first starts are killed while they make the database.
/// </summary>
sealed class CrashProof(int restarts, int firstStarts, int rate, int seed)
{
    const int KilledNodes = 2;
    const int SteadyWebhooks = 3;

    static readonly TimeSpan SleepsFor = ProofSettings.Lease + TimeSpan.FromSeconds(3);
    static readonly TimeSpan Patience = ProofSettings.Lease + TimeSpan.FromSeconds(40);

    readonly Findings findings = new();
    readonly Random random = new(seed);

    public static async Task<int> RunAsync(Arguments args)
    {
        var proof = new CrashProof(
            args.Number("restarts", 20),
            args.Number("first-starts", 8, 0),
            args.Number("rate", 60),
            args.Number("seed", Random.Shared.Next(1_000_000), 0));
        args.Done();
        return await proof.RunAsync();
    }

    async Task<int> RunAsync()
    {
        Report.Say($"{restarts} kills under load, {firstStarts} first starts, seed {seed}");
        using var folder = new TemporaryFolder();
        await using var sink = await RecordingSink.StartAsync();
        var data = folder.Sub("data");
        var firsts = new FirstStarts(folder, findings, random.Next());
        await firsts.MakeReferenceAsync();
        var tenants = await Tenant.CreateAsync(data, 1, sink.UrlOf);
        await using var cluster = new Cluster(KilledNodes, data, random.Next());
        await cluster.StartAsync();
        await tenants[0].SetUpAsync(cluster, SteadyWebhooks);
        await using var sleeper = new Server("the one that is stopped", data, ProofSettings.Environment);
        sleeper.Start();
        await sleeper.WaitReadyAsync();

        var clock = WallClock.Now();
        using var stored = Stored.Open(data);
        await using var producer = new Producer(data, Path.Combine(folder.Path, "notes"), rate, sink.UrlOf(Tenant.JobPath));
        producer.Start();
        while (sink.Count < 20)
            await Task.Delay(20);

        // A node that slept with the database's write lock would take everybody along; here it has only its leases.
        stored.WhileNobodyWrites(sleeper.Suspend);
        var waking = WakeAsync(sleeper);
        var endpoints = new EndpointChanges(tenants[0], cluster, null, stored, random.Next());
        using var enough = new CancellationTokenSource();
        var changing = endpoints.RunAsync(1, enough.Token);
        await new Crashes(cluster, producer, random.Next()).RunAsync(restarts);
        await enough.CancelAsync();
        await changing;
        await firsts.RunAsync(firstStarts);
        await waking;
        producer.EnsureRunning();
        await producer.StopAsync();
        await DrainAsync(stored);
        foreach (var server in cluster.Servers.Append(sleeper))
            await server.StopAsync();
        clock.EnsureNotSet();
        return Conclude(stored, tenants, sink, producer, endpoints, firsts);
    }

    static async Task WakeAsync(Server sleeper)
    {
        await Task.Delay(SleepsFor);
        sleeper.Resume();
    }

    /// <summary>Until nothing is pending, or all that was leased to the dead should long have been taken over.</summary>
    static async Task DrainAsync(Stored stored)
    {
        var until = DateTimeOffset.UtcNow + Patience;
        while (stored.Pending() > 0 && DateTimeOffset.UtcNow < until)
            await Task.Delay(200);
    }

    int Conclude(Stored stored, List<Tenant> tenants, RecordingSink sink, Producer producer, EndpointChanges endpoints, FirstStarts firsts)
    {
        var records = stored.Attempts();
        var attempts = Attempts.Join(sink.Receipts, records);
        var judge = new Judge(tenants, findings);
        judge.All(attempts);

        var outcome = new Outcome(stored, attempts, records, [.. tenants[0].SteadyWebhooks], SteadyWebhooks, findings);
        outcome.Changes(File.ReadAllLines(producer.Notes));
        outcome.Delivered();
        outcome.NotResurrected();
        outcome.InOrder();
        var lost = outcome.Lost + Deliveries.NeverArrived(stored.Deliveries(), attempts, findings, outcome.History);
        findings.Summarise();
        Report.Result(new
        {
            attempts = attempts.Count,
            violations = findings.Count,
            lost,
            duplicates = Deliveries.Duplicates(attempts),
            recorded = attempts.Count(attempt => attempt.Record is not null),
            repeated = attempts.Count(attempt => attempt.IsRepeat),
            dead = outcome.Dead,
            resurrected = outcome.Resurrected,
            paused_after_check = outcome.PausedAfterCheck,
            events = outcome.Events,
            restarts,
            moved = endpoints.Moved,
            disabled = endpoints.Disabled,
            deleted = endpoints.Deleted,
            first_starts = firsts.Made,
            killed_before_migration = firsts.BeforeMigration,
            killed_in_migration = firsts.InMigration,
            killed_after_migration = firsts.AfterMigration,
            seed,
        });
        return findings.Count == 0 ? 0 : 1;
    }
}
