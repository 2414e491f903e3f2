using Framelane.Bench.Common;
using Framelane.Bench.Load;

namespace Framelane.Bench.Proofs;

/// <summary>Tries to lose an event: a fleet over PostgreSQL with Redis, whose nodes, database and backplane are broken while events are committed.</summary>
sealed class LostProof(int nodes, int events, int workspaces, int producers, int rate, int apart, int seed)
{
    /// <summary>Jobs that a producer works on: one alone would mostly wait for the database to come back.</summary>
    const int AtOnce = 16;

    static readonly TimeSpan Patience = ProofSettings.Lease + TimeSpan.FromMinutes(1);

    readonly Findings findings = new();
    readonly Random random = new(seed);

    public static async Task<int> RunAsync(Arguments args)
    {
        var proof = new LostProof(
            args.Number("nodes", 5, 2, 20),
            args.Number("events", 100_000),
            args.Number("workspaces", 20, 1, 500),
            args.Number("producers", 4, 1, 20),
            args.Number("rate", 600),
            args.Number("apart", 8000, 501),
            args.Number("seed", Random.Shared.Next(1_000_000), 0));
        args.Done();
        return await proof.RunAsync();
    }

    async Task<int> RunAsync()
    {
        Report.Say($"{nodes} nodes, {events} events of {producers} producers, seed {seed}");
        await using var fleet = await Fleet.StartAsync(nodes, workspaces, 1, random.Next());
        List<Producer> all = [.. Enumerable.Range(0, producers).Select(i => fleet.NewProducer(Math.Max(1, rate / producers), i, Math.Max(1, (events + producers - 1) / producers), AtOnce))];
        var faults = new Faults(fleet, random.Next(), apart);
        try
        {
            all.ForEach(producer => producer.Start());

            // Like a node, a producer does not start without its database.
            await Task.WhenAll(all.Select(producer => producer.WaitBegunAsync()));
            var committing = Task.WhenAll(all.Select(producer => producer.WaitAsync(TimeSpan.FromHours(1))));
            await faults.RunAsync(committing);
            await committing;
            using (var stored = fleet.OpenStored())
                await DrainAsync(stored, fleet.Sink);
            await fleet.StopAsync();
            return Conclude(fleet, all, faults);
        }
        finally
        {
            foreach (var producer in all)
                await producer.DisposeAsync();
        }
    }

    /// <summary>Until nothing is pending, or nothing more arrives although all that was leased to the dead should long have been taken over.</summary>
    static async Task DrainAsync(Stored stored, RecordingSink sink)
    {
        var (seen, until) = (0, DateTimeOffset.MaxValue);
        while (stored.Pending() > 0 && DateTimeOffset.UtcNow < until)
        {
            if (sink.Count > seen)
                (seen, until) = (sink.Count, DateTimeOffset.UtcNow + Patience);
            await Task.Delay(500);
        }
    }

    int Conclude(Fleet fleet, List<Producer> producers, Faults faults)
    {
        using var stored = fleet.OpenStored();
        var records = stored.Attempts();
        var (ahead, behind) = Attempts.ClockErrors(Attempts.Join(fleet.Sink.Receipts, records));
        ProofSettings.ClockError = new[] { ProofSettings.ClockError, ahead, behind }.Max();
        var attempts = Attempts.Join(fleet.Sink.Receipts, records);
        new Judge(fleet.Tenants, findings, faults.Between).All(attempts);
        var outcome = new Outcome(stored, attempts, records, [.. fleet.Tenants.SelectMany(tenant => tenant.SteadyWebhooks)], 1, findings, faults.Between);
        foreach (var producer in producers)
            outcome.Kept(File.ReadAllLines(producer.Notes));
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
            clock_ahead_ms = Report.Rounded(ahead.TotalMilliseconds, 1),
            clock_behind_ms = Report.Rounded(behind.TotalMilliseconds, 1),
            events = outcome.Events,
            faults = faults.Counts,
            seed,
        });
        return findings.Count == 0 ? 0 : 1;
    }
}
