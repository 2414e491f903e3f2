using System.Diagnostics;
using Framelane.Bench.Common;
using Framelane.Bench.Load;

namespace Framelane.Bench.Speed;

/// <summary>How soon the published API is ready when it starts on a database that is there, and what memory it holds when nothing is to do.</summary>
static class StartupBench
{
    public static async Task<int> RunAsync(Arguments args)
    {
        var (runs, idle) = (args.Number("runs", 5), TimeSpan.FromSeconds(args.Number("idle-seconds", 5)));
        args.Done();
        Report.Say($"{runs} starts of the published API on its own database, after the first one that makes it; memory {idle.TotalSeconds:N0} s after it was ready.");
        using var folder = new TemporaryFolder();
        var first = await StartAsync(folder.Path, idle);
        List<Start> later = [];
        for (var run = 0; run < runs; run++)
            later.Add(await StartAsync(folder.Path, idle));

        Report.Table(
            ["start", "ready s", "idle MB"],
            later.Prepend(first).Select((start, i) => (string[])[i == 0 ? "first" : $"{i + 1}", Report.Fine(start.Ready), Report.Whole(start.Megabytes)]));
        Report.Result(new
        {
            ready_s = Report.Rounded(Statistics.Median(later.Select(start => start.Ready))),
            idle_mb = Report.Rounded(Statistics.Median(later.Select(start => start.Megabytes)), 1),
            ready_s_max = Report.Rounded(later.Max(start => start.Ready)),
            idle_mb_max = Report.Rounded(later.Max(start => start.Megabytes), 1),
        });
        return 0;
    }

    static async Task<Start> StartAsync(string folder, TimeSpan idle)
    {
        await using var server = new Server("startup", folder);
        var began = Stopwatch.GetTimestamp();
        server.Start();
        await server.WaitReadyAsync();
        var ready = Stopwatch.GetElapsedTime(began).TotalSeconds;
        await Task.Delay(idle);
        var resident = server.ResidentBytes / 1e6;
        if (!await server.StopAsync())
            throw new InvalidOperationException("The server did not stop when it was asked to.");
        return new(ready, resident);
    }

    /// <param name="Megabytes">Resident, of 1,000,000 bytes.</param>
    sealed record Start(double Ready, double Megabytes);
}
