using Framelane.Bench.Common;

namespace Framelane.Bench.Proofs;

/// <summary>
/// Tries to find an attempt that a rotation which had been answered should have stopped: a fleet over PostgreSQL with Redis, under load, with
/// wrong clocks, while its nodes, its database and its backplane are broken.
/// </summary>
sealed class NodesProof(int nodes, int rotations, int workspaces, int webhooks, int graceShare, int pace, int rate, int redisAway, int seed)
{
    readonly Findings findings = new();
    readonly Random random = new(seed);

    public static async Task<int> RunAsync(Arguments args)
    {
        ProofSettings.PermitLifetime = TimeSpan.FromMilliseconds(args.Number("permit-lifetime", 100, 10, 10_000));

        // An attempt that waits for its connection when its node is stopped outlives the stop.
        ProofSettings.Timeout = TimeSpan.FromSeconds(10);
        var proof = new NodesProof(
            args.Number("nodes", 5, 2, 20),
            args.Number("rotations", 500),
            args.Number("workspaces", 50, 1, 500),
            args.Number("webhooks", 2, 1, 9),
            args.Number("grace", 40, 0, 100),
            args.Number("pace", 250),
            args.Number("rate", 100),
            args.Number("redis-away", 6000, 1001),
            args.Number("seed", Random.Shared.Next(1_000_000), 0));
        args.Done();
        return await proof.RunAsync();
    }

    async Task<int> RunAsync()
    {
        Report.Say($"{nodes} nodes, {rotations} rotations over {workspaces} workspaces, seed {seed}");
        await using var fleet = await Fleet.StartAsync(nodes, workspaces, webhooks, random.Next(), slowConnections: true);
        await using var producer = fleet.NewProducer(rate);
        producer.Start();
        while (fleet.Sink.Count < 20)
            await Task.Delay(20);

        var pings = new Pings(fleet.Cluster);
        SecretRotations[] secrets =
        [
            .. fleet.Tenants.Select(tenant => new SecretRotations(tenant, fleet.Cluster, pings, null, findings, graceShare, random.Next(), 21 + 2 * pace * workspaces)),
        ];
        var rotating = Task.WhenAll(secrets.Select((each, i) => each.RunAsync(rotations / workspaces + (i < rotations % workspaces ? 1 : 0), int.MaxValue)));
        var faults = new Faults(fleet, random.Next(), redisAway: redisAway);
        await faults.RunAsync(rotating);
        await rotating;
        await pings.AllAnsweredAsync();
        producer.EnsureRunning();
        await producer.StopAsync();
        await fleet.StopAsync();
        return Conclude(fleet, secrets, faults);
    }

    int Conclude(Fleet fleet, SecretRotations[] secrets, Faults faults)
    {
        using var stored = fleet.OpenStored();
        var records = stored.Attempts();
        var (ahead, behind) = Attempts.ClockErrors(Attempts.Join(fleet.Sink.Receipts, records));
        ProofSettings.ClockError = new[] { ProofSettings.ClockError, ahead, behind }.Max();
        var attempts = Attempts.Join(fleet.Sink.Receipts, records);
        var judge = new Judge(fleet.Tenants, findings, faults.Between);
        judge.All(attempts);
        var epochs = stored.EpochsByKey();
        judge.Epochs(
            attempts,
            fleet.Tenants.SelectMany((tenant, i) => secrets[i].Answered.Select(rotation => (tenant, rotation.AnsweredAt, epochs.GetValueOrDefault(rotation.Key)))));
        if (judge.SoonAfter == 0)
            findings.Add("nothing was proven", "no attempt started within a permit's lifetime after a rotation was answered");
        List<double> convergence = [];
        foreach (var (tenant, own) in fleet.Tenants.Zip(secrets))
        {
            var written = stored.RotationTimes(tenant.WorkspaceId);
            if (written.Count != own.Rotated)
                findings.Add("the audit log has another number of rotations", $"workspace {tenant.Number}: {written.Count}, {own.Rotated} answered");
            convergence.AddRange(own.Answered.Zip(written, (rotation, at) => (rotation.AnsweredAt - at).TotalMilliseconds));
        }

        var lost = Deliveries.NeverArrived(stored.Deliveries(), attempts, findings);
        findings.Summarise();
        Report.Result(new
        {
            attempts = attempts.Count,
            violations = findings.Count,
            lost,
            duplicates = Deliveries.Duplicates(attempts),
            convergence_p50_ms = Report.Rounded(Statistics.Percentile(convergence, 50), 1),
            convergence_p99_ms = Report.Rounded(Statistics.Percentile(convergence, 99), 1),
            recorded = attempts.Count(attempt => attempt.Record is not null),
            told = attempts.Count(attempt => attempt.IsTold),
            told_within_p99_ms = Report.Rounded(Statistics.Percentile(attempts.Where(attempt => attempt.IsTold).Select(attempt => (attempt.To - attempt.From).TotalMilliseconds), 99), 1),
            started_soon_after_a_200 = judge.SoonAfter,
            paused_after_check = judge.PausedAfterCheck,
            clock_ahead_ms = Report.Rounded(ahead.TotalMilliseconds, 1),
            clock_behind_ms = Report.Rounded(behind.TotalMilliseconds, 1),
            rotations = secrets.Sum(each => each.Rotated),
            with_grace = secrets.Sum(each => each.WithGrace),
            graces_ended_early = secrets.Sum(each => each.EndedEarly),
            faults = faults.Counts,
            seed,
        });
        return findings.Count == 0 ? 0 : 1;
    }
}
