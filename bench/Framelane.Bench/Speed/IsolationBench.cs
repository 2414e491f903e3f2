using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Framelane.Bench.Common;
using Framelane.Bench.Load;

namespace Framelane.Bench.Speed;

/// <summary>
/// What one endpoint that never answers costs the others: their time from commit to arrival, at half of what the machine was just seen to
/// carry, with and without it, in turn.
/// </summary>
static class IsolationBench
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task<int> RunAsync(Arguments args)
    {
        var (runs, endpoints) = (args.Number("runs", 5), args.Number("endpoints", 100, 2));
        var length = TimeSpan.FromSeconds(args.Number("seconds", 8));
        var share = args.Number("load", 50, 1, 100);
        args.Done();

        using var folder = new TemporaryFolder();
        await using var sink = await ArrivalSink.StartAsync(endpoints);
        await new Backlog(0, endpoints, 1, 1, 1, 1024).WriteAsync(Place.Embedded(folder.Path), sink.UrlOf);
        await using var product = Child.StartOwn(["embedded", "--place", Place.Embedded(folder.Path).ToString()], ApiProcess.CollectorSettings);

        // The first one warms up.
        await MeasureAsync(product, sink, 0, length, endpoints);
        var capacity = (await MeasureAsync(product, sink, 0, length, endpoints)).Rate;
        var rate = capacity * share / 100;
        Report.Say($"Each event goes to {endpoints} endpoints; the machine carries {capacity:N0} deliveries a second from commit to arrival.");
        Report.Say($"{runs} alternated runs of {length.TotalSeconds:N0} s at {share} % of that after a warm-up, one endpoint silent or not.");

        List<(Run Without, Run With)> rounds = [];
        for (var round = 0; round <= runs; round++)
        {
            // Who goes first changes, so that neither is favoured by what the one before left behind.
            Run without, with;
            if (round % 2 == 0)
                (without, with) = (await WithoutAsync(), await WithAsync());
            else
                (with, without) = (await WithAsync(), await WithoutAsync());
            if (round > 0)
                rounds.Add((without, with));
        }

        double[] ratios = [.. rounds.Select(round => round.With.P99 / round.Without.P99)];
        Report.Table(
            ["run", "p50 ms", "p50 ms with it", "p99 ms", "p99 ms with it", "p99 ratio", "deliveries/s", "with it"],
            rounds.Select((round, i) => (string[])
            [
                $"{i + 1}",
                Report.Fine(round.Without.P50),
                Report.Fine(round.With.P50),
                Report.Fine(round.Without.P99),
                Report.Fine(round.With.P99),
                Report.Fine(ratios[i]),
                Report.Whole(round.Without.Rate),
                Report.Whole(round.With.Rate),
            ]));
        Report.Result(new
        {
            p99_ratio = Report.Rounded(Statistics.Median(ratios)),
            p99_ms = Report.Rounded(Statistics.Median(rounds.Select(round => round.Without.P99))),
            p99_with_ms = Report.Rounded(Statistics.Median(rounds.Select(round => round.With.P99))),
            capacity = Math.Round(capacity),
        });
        return 0;

        Task<Run> WithoutAsync() => MeasureAsync(product, sink, rate / endpoints, length, endpoints);

        async Task<Run> WithAsync()
        {
            sink.FallSilent();
            var run = await MeasureAsync(product, sink, rate / endpoints, length, endpoints);
            sink.Answer();
            await CalmAsync(sink);
            return run;
        }
    }

    static async Task<Run> MeasureAsync(Child product, ArrivalSink sink, double eventRate, TimeSpan length, int endpoints)
    {
        sink.Clear();
        var began = Stopwatch.GetTimestamp();
        product.Ask(string.Create(CultureInfo.InvariantCulture, $"{eventRate} {length.TotalMilliseconds}"));
        var committed = JsonSerializer.Deserialize<List<Committed>>(await product.ReadLineAsync())!;
        var expected = (long)committed.Count * (endpoints - 1);
        while (sink.Count < expected)
        {
            if (Stopwatch.GetElapsedTime(began) > length + Patience)
                throw new InvalidOperationException($"Of {expected} deliveries {sink.Count} arrived.");
            await Task.Delay(10);
        }

        long[] arrived = [.. committed.SelectMany(happened => sink.At(happened.EventId))];
        double[] latencies =
        [
            .. committed.SelectMany(happened => sink.At(happened.EventId).Select(at => Math.Max(0, Stopwatch.GetElapsedTime(happened.At, at).TotalMilliseconds))),
        ];
        return new(
            Statistics.Percentile(latencies, 50),
            Statistics.Percentile(latencies, 99),
            arrived.Length / Stopwatch.GetElapsedTime(began, arrived.Max()).TotalSeconds);
    }

    /// <summary>Waits until what the silent endpoint held back has come.</summary>
    static async Task CalmAsync(ArrivalSink sink)
    {
        long before;
        do
        {
            before = sink.SilentCount;
            await Task.Delay(500);
        }
        while (sink.SilentCount > before);
    }

    /// <param name="Rate">Deliveries to the others a second.</param>
    sealed record Run(double P50, double P99, double Rate);
}
