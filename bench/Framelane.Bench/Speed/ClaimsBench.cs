using System.Diagnostics;
using System.Text.Json;
using Framelane.Bench.Common;
using Framelane.Bench.Load;

namespace Framelane.Bench.Speed;

/// <summary>Deliveries claimed and recorded a second on PostgreSQL, nothing sent, against the number of processes that do it at once.</summary>
static class ClaimsBench
{
    static readonly int[] Counts = [1, 2, 4, 8];

    public static async Task<int> RunAsync(Arguments args)
    {
        var runs = args.Number("runs", 3);
        var backlog = new Backlog(args.Number("deliveries", 50_000), args.Number("endpoints", 100), 1, 1, 1, args.Number("bytes", 1024));
        args.Done();
        Report.Say($"{backlog.Deliveries:N0} deliveries of {backlog.Endpoints} endpoints, claimed and recorded; {runs} alternated runs after a warm-up.");
        using var folder = new TemporaryFolder();
        var postgres = new PostgresTemplate();
        var template = await postgres.WriteAsync(folder.Sub("keys"), backlog, endpoint => $"http://127.0.0.1:9/{endpoint}");
        Child[] processes = [.. Enumerable.Range(0, Counts.Max()).Select(_ => Child.StartOwn(["claim"], ApiProcess.CollectorSettings))];
        var rates = Counts.ToDictionary(count => count, _ => new List<double>());
        try
        {
            for (var round = 0; round <= runs; round++)
            {
                // The warm-up is of all: a process that has never claimed is slower than one that has.
                foreach (var count in round == 0 ? Counts.Reverse() : Counts)
                {
                    var rate = await postgres.CopiedAsync(template, place => ClaimAsync(processes[..count], place, backlog.Deliveries));
                    if (round > 0)
                        rates[count].Add(rate);
                }
            }
        }
        finally
        {
            foreach (var process in processes)
                await process.DisposeAsync();
        }

        var alone = Statistics.Median(rates[1]);
        Report.Table(
            ["processes", "claims/s", "slowest", "fastest", "ratio to one"],
            rates.Select(pair => (string[])
            [
                $"{pair.Key}",
                Report.Whole(Statistics.Median(pair.Value)),
                Report.Whole(pair.Value.Min()),
                Report.Whole(pair.Value.Max()),
                Report.Fine(Statistics.Median(pair.Value) / alone),
            ]));
        Report.Result(new
        {
            claims_1 = Math.Round(alone),
            claims_2 = Math.Round(Statistics.Median(rates[2])),
            claims_4 = Math.Round(Statistics.Median(rates[4])),
            claims_8 = Math.Round(Statistics.Median(rates[8])),
            ratio_8_to_1 = Report.Rounded(Statistics.Median(rates[8]) / alone),
        });
        return 0;
    }

    static async Task<double> ClaimAsync(Child[] processes, Place place, int deliveries)
    {
        foreach (var process in processes)
            process.Ask(place.ToString());
        foreach (var process in processes)
            await process.ReadLineAsync();
        foreach (var process in processes)
            process.Ask("go");
        List<ClaimRun> claimed = [];
        foreach (var process in processes)
            claimed.Add(JsonSerializer.Deserialize<ClaimRun>(await process.ReadLineAsync())!);
        if (claimed.Sum(run => run.Recorded) != deliveries || claimed.Sum(run => run.Lost) > 0)
            throw new InvalidOperationException($"Of {deliveries} deliveries {claimed.Sum(run => run.Recorded)} are recorded, {claimed.Sum(run => run.Lost)} lost.");
        return deliveries / Stopwatch.GetElapsedTime(claimed.Min(run => run.Began), claimed.Max(run => run.Ended)).TotalSeconds;
    }
}
