using System.Globalization;
using System.Text.Json;
using Framelane.Bench.Common;
using Framelane.Bench.Load;

namespace Framelane.Bench.Speed;

/// <summary>
/// How fast stored deliveries go out, every attempt recorded, as a share of a bare loop that signs and posts the same bodies and stores
/// nothing. Sender and sink are processes of their own; runs of the two alternate.
/// </summary>
static class DeliveryBench
{
    public static async Task<int> RunAsync(Arguments args)
    {
        var runs = args.Number("runs", 5);
        var concurrency = args.Number("concurrency", 64);
        var backlog = new Backlog(
            args.Number("deliveries", 100_000),
            args.Number("endpoints", 100),
            args.Number("workspaces", 1),
            args.Number("fan-out", 1),
            args.Number("events-per-job", 1),
            args.Number("bytes", 1024));
        args.Done();
        if (backlog.Endpoints % backlog.Workspaces != 0)
            throw new UsageException("--endpoints is a multiple of --workspaces.");

        Report.Say($"{backlog.Deliveries:N0} deliveries of {backlog.BodyBytes} bytes to {backlog.Endpoints} endpoints of {backlog.Workspaces} workspaces, {concurrency} at a time;");
        Report.Say($"each event to {backlog.FanOut} endpoints, {backlog.EventsPerJob} events a job; {runs} alternated runs after a warm-up.");
        using var folder = new TemporaryFolder();
        await using var sink = Child.StartOwn(["sink"], ApiProcess.CollectorSettings);
        var address = new Uri(await sink.ReadLineAsync());
        var template = folder.Sub("backlog");
        await backlog.WriteAsync(Place.Embedded(template), endpoint => new Uri(address, $"/endpoints/{endpoint}").AbsoluteUri);

        var at = concurrency.ToString(CultureInfo.InvariantCulture);
        await using var dispatch = Child.StartOwn(
            ["dispatch", "--count", $"{backlog.Deliveries}", "--concurrency", at],
            ApiProcess.CollectorSettings);
        await using var bare = Child.StartOwn(["bare", "--backlog", template, "--concurrency", at], ApiProcess.CollectorSettings);

        List<DispatchRun> stored = [];
        List<BareRun> plain = [];
        for (var round = 0; round <= runs; round++)
        {
            var product = await DispatchAsync(dispatch, template, folder.Sub($"run-{round}"));
            await CheckSinkAsync(sink, backlog.Deliveries);
            bare.Ask("go");
            var loop = JsonSerializer.Deserialize<BareRun>(await bare.ReadLineAsync())!;
            await CheckSinkAsync(sink, backlog.Deliveries);
            if (product.Attempts != backlog.Deliveries || product.Succeeded != backlog.Deliveries)
                throw new InvalidOperationException($"Of {backlog.Deliveries} attempts {product.Attempts} are recorded.");
            if (round == 0)
                continue;
            stored.Add(product);
            plain.Add(loop);
        }

        double[] ratios = [.. stored.Zip(plain, (product, loop) => product.Rate / loop.Rate)];
        Report.Table(
            ["run", "stored/s", "bare/s", "ratio", "cores", "bare cores", "looking", "claiming", "recording", "claims", "records"],
            stored.Zip(plain, (product, loop) => (product, loop)).Select((run, i) => (string[])
            [
                $"{i + 1}",
                Report.Whole(run.product.Rate),
                Report.Whole(run.loop.Rate),
                Report.Fine(ratios[i]),
                Report.Fine(run.product.Cores),
                Report.Fine(run.loop.Cores),
                Report.Fine(run.product.Looking),
                Report.Fine(run.product.Claiming),
                Report.Fine(run.product.Recording),
                Report.Whole(run.product.Claims),
                Report.Whole(run.product.Records),
            ]));
        Report.Result(new
        {
            rate = Math.Round(Statistics.Median(stored.Select(run => run.Rate))),
            bare_rate = Math.Round(Statistics.Median(plain.Select(run => run.Rate))),
            ratio_to_bare = Report.Rounded(Statistics.Median(ratios)),
            recorded = stored.Min(run => run.Attempts),
        });
        return 0;
    }

    public static async Task<DispatchRun> DispatchAsync(Child dispatch, string template, string folder)
    {
        foreach (var file in Directory.EnumerateFiles(template))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        dispatch.Ask(Place.Embedded(folder).ToString());
        var run = JsonSerializer.Deserialize<DispatchRun>(await dispatch.ReadLineAsync())!;
        Directory.Delete(folder, recursive: true);
        return run;
    }

    public static async Task CheckSinkAsync(Child sink, int expected)
    {
        sink.Ask("count");
        var received = await sink.ReadLineAsync();
        if (received != expected.ToString(CultureInfo.InvariantCulture))
            throw new InvalidOperationException($"The sink received {received} of {expected}.");
    }
}
