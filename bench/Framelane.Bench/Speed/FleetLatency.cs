using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Framelane.Bench.Common;
using Framelane.Bench.Load;

namespace Framelane.Bench.Speed;

/// <summary>From commit to the request's arrival, at a rate that all carry: on SQLite in one process, on PostgreSQL from one process to another, and on BullMQ.</summary>
sealed class FleetLatency(int rate, TimeSpan length, ArrivalSink sink)
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>An event each, to one endpoint.</summary>
    public static Backlog Endpoint { get; } = new(0, 1, 1, 1, 1, 1024);

    /// <summary>The sink's others: its first one is never looked at.</summary>
    public string Url => sink.UrlOf(ArrivalSink.Silent + 1);

    public static Child Start(Place place) => Child.StartOwn(["embedded", "--place", place.ToString()], ApiProcess.CollectorSettings);

    public Task<Latency> ProductAsync(Child commits) => MeasureAsync(async () =>
    {
        commits.Ask(string.Create(CultureInfo.InvariantCulture, $"{rate} {length.TotalMilliseconds}"));
        return JsonSerializer.Deserialize<List<Committed>>(await commits.ReadLineAsync())!;
    });

    public Task<Latency> BullAsync(BullSender sender) => MeasureAsync(() => sender.SteadyAsync(rate, length, Url));

    async Task<Latency> MeasureAsync(Func<Task<List<Committed>>> commit)
    {
        sink.Clear();
        var committed = await commit();
        for (var began = Stopwatch.GetTimestamp(); sink.Count < committed.Count; await Task.Delay(10))
        {
            if (Stopwatch.GetElapsedTime(began) > Patience)
                throw new InvalidOperationException($"Of {committed.Count} deliveries {sink.Count} arrived.");
        }

        double[] took = [.. committed.Select(one => Math.Max(0, Stopwatch.GetElapsedTime(one.At, sink.At(one.EventId).Single()).TotalMilliseconds))];
        return new(Statistics.Percentile(took, 50), Statistics.Percentile(took, 99));
    }
}

/// <summary>Milliseconds from commit to the first byte.</summary>
readonly record struct Latency(double P50, double P99)
{
    public static Latency MedianOf(IReadOnlyCollection<Latency> runs) =>
        new(Statistics.Median(runs.Select(run => run.P50)), Statistics.Median(runs.Select(run => run.P99)));
}
