using Framelane.Bench.Common;
using Framelane.Bench.Load;

namespace Framelane.Bench.Proofs;

/// <summary>
/// Tries to find an attempt, or an accepted key, that a change which had been answered should have stopped: several nodes over one SQLite
/// file, under load, with secrets rotated, webhooks moved, disabled and deleted, keys revoked, and nodes killed in between.
/// </summary>
sealed class BarrierProof(int nodes, int rotations, int workspaces, int kills, int graceShare, int rate, int seed)
{
    const int SteadyWebhooks = 6;

    /// <summary>Rotations of a workspace in whose time everything else was done to it again and again; with fewer, something may not have come to its turn.</summary>
    const int Enough = 50;

    /// <summary>Of a hundred attempts, how many may have been held up after their check. No process is stopped here, but the machine may be short of processors.</summary>
    const int MostPaused = 1;

    readonly Findings findings = new();
    readonly Random random = new(seed);

    public static async Task<int> RunAsync(Arguments args)
    {
        ProofSettings.PermitLifetime = TimeSpan.FromMilliseconds(args.Number("permit-lifetime", 100, 10, 10_000));
        var proof = new BarrierProof(
            args.Number("nodes", 4, 1, 20),
            args.Number("rotations", 200),
            args.Number("workspaces", 2, 1, 9),
            args.Number("kills", 12, 0),
            args.Number("grace", 40, 0, 100),
            args.Number("rate", 60),
            args.Number("seed", Random.Shared.Next(1_000_000), 0));
        args.Done();
        return await proof.RunAsync();
    }

    async Task<int> RunAsync()
    {
        Report.Say($"{nodes} nodes, {rotations} rotations over {workspaces} workspaces, {kills} kills, seed {seed}");
        using var folder = new TemporaryFolder();
        await using var sink = await RecordingSink.StartAsync();
        var data = folder.Sub("data");
        var tenants = await Tenant.CreateAsync(data, workspaces, sink.UrlOf);
        await using var cluster = new Cluster(nodes, data, random.Next());
        await cluster.StartAsync();
        foreach (var tenant in tenants)
            await tenant.SetUpAsync(cluster, SteadyWebhooks);

        var clock = WallClock.Now();
        await using var producer = new Producer(data, Path.Combine(folder.Path, "notes"), rate, sink.UrlOf(Tenant.JobPath));
        producer.Start();
        var actors = await ActAsync(tenants, cluster, sink, data);
        producer.EnsureRunning();
        await producer.StopAsync();
        foreach (var server in cluster.Servers)
            await server.StopAsync();
        clock.EnsureNotSet();
        return Conclude(data, tenants, sink, actors);
    }

    async Task<Actors> ActAsync(List<Tenant> tenants, Cluster cluster, RecordingSink sink, string data)
    {
        // What is to be judged must flow before the first rotation.
        while (sink.Count < 20)
            await Task.Delay(20);
        using var killer = new Killer(cluster, kills, random.Next());
        List<Stored> readers = [];
        var pings = new Pings(cluster);
        Actors actors = new(
            [.. tenants.Select(tenant => new SecretRotations(tenant, cluster, pings, (killer, Reader()), findings, graceShare, random.Next()))],
            [.. tenants.Select(tenant => new EndpointChanges(tenant, cluster, killer, Reader(), random.Next()))],
            [.. tenants.Select(tenant => new KeyRevocations(tenant, cluster, findings, random.Next()))],
            killer);
        using var enough = new CancellationTokenSource();
        var killEvery = kills == 0 ? int.MaxValue : Math.Max(1, rotations / (2 * kills));
        Task[] beside =
        [
            .. actors.Endpoints.Select(each => each.RunAsync(3, enough.Token)),
            .. actors.Keys.Select(each => each.RunAsync(enough.Token)),
        ];
        var rotating = Task.WhenAll(actors.Secrets.Select((each, i) => each.RunAsync(rotations / workspaces + (i < rotations % workspaces ? 1 : 0), killEvery)));
        await await Task.WhenAny(rotating, Task.WhenAll(beside));
        await rotating;
        await enough.CancelAsync();
        await Task.WhenAll(beside);
        await pings.AllAnsweredAsync();
        await killer.AllRunAgainAsync();
        readers.ForEach(reader => reader.Dispose());
        return actors;

        Stored Reader()
        {
            readers.Add(Stored.Open(data));
            return readers[^1];
        }
    }

    int Conclude(string data, List<Tenant> tenants, RecordingSink sink, Actors actors)
    {
        using var stored = Stored.Open(data);
        var records = stored.Attempts();
        var attempts = Attempts.Join(sink.Receipts, records);
        var judge = new Judge(tenants, findings);
        judge.All(attempts);

        var epochs = stored.EpochsByKey();
        judge.Epochs(
            attempts,
            tenants.SelectMany((tenant, i) => actors.Secrets[i].Answered.Select(rotation => (tenant, rotation.AnsweredAt, epochs.GetValueOrDefault(rotation.Key)))));
        Proven(judge.SoonAfter, "no attempt started within a permit's lifetime after a rotation was answered");
        if (rotations >= Enough * workspaces)
        {
            Proven(actors.Endpoints.Sum(each => each.Moved), "no webhook was pointed elsewhere");
            Proven(actors.Endpoints.Sum(each => each.Disabled), "no webhook was disabled");
            Proven(actors.Endpoints.Sum(each => each.Deleted), "no webhook was deleted");
            Proven(actors.Keys.Sum(each => each.CallsAfter), "no call was made with a revoked key");
        }

        if (judge.PausedAfterCheck * 100 > attempts.Count * MostPaused)
            findings.Add("attempts were held up after their check", $"{judge.PausedAfterCheck} of {attempts.Count}, though no process was stopped");
        foreach (var (tenant, own) in tenants.Zip(actors.Secrets))
        {
            if (stored.Rotations(tenant.WorkspaceId) is var audited && audited != own.Rotated)
                findings.Add("the audit log has another number of rotations", $"workspace {tenant.Number}: {audited}, {own.Rotated} answered");
        }

        var lost = Deliveries.NeverArrived(stored.Deliveries(), attempts, findings);
        findings.Summarise();
        Report.Result(new
        {
            attempts = attempts.Count,
            violations = findings.Count,
            lost,
            duplicates = Deliveries.Duplicates(attempts),
            recorded = attempts.Count(attempt => attempt.Record is not null),
            started_soon_after_a_200 = judge.SoonAfter,
            paused_after_check = judge.PausedAfterCheck,
            rotations = actors.Secrets.Sum(each => each.Rotated),
            with_grace = actors.Secrets.Sum(each => each.WithGrace),
            graces_ended_early = actors.Secrets.Sum(each => each.EndedEarly),
            moved = actors.Endpoints.Sum(each => each.Moved),
            disabled = actors.Endpoints.Sum(each => each.Disabled),
            deleted = actors.Endpoints.Sum(each => each.Deleted),
            keys_revoked = actors.Keys.Sum(each => each.Revoked),
            calls_with_revoked_keys = actors.Keys.Sum(each => each.CallsAfter),
            killed_before_commit = actors.Killer.BeforeCommit,
            killed_between_commit_and_answer = actors.Killer.Between,
            killed_after_answer = actors.Killer.AfterAnswer,
            seed,
        });
        return findings.Count == 0 ? 0 : 1;

        void Proven(int count, string otherwise)
        {
            if (count == 0)
                findings.Add("nothing was proven", otherwise);
        }
    }

    sealed record Actors(SecretRotations[] Secrets, EndpointChanges[] Endpoints, KeyRevocations[] Keys, Killer Killer);
}
