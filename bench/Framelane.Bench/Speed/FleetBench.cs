using System.Globalization;
using System.Text.Json;
using Framelane.Bench.Common;
using Framelane.Bench.Load;

namespace Framelane.Bench.Speed;

/// <summary>
/// The same deliveries on SQLite and on PostgreSQL, by a bare loop that stores nothing, and by a Node sender on BullMQ and Redis; then, at a
/// steady rate, the time from commit to first byte. All by turns.
/// </summary>
static class FleetBench
{
    public static async Task<int> RunAsync(Arguments args)
    {
        var (runs, concurrency, processes) = (args.Number("runs", 5), args.Number("concurrency", 64), args.Number("node-processes", 2));
        var (rate, seconds) = (args.Number("rate", 200), args.Number("seconds", 5));
        var backlog = new Backlog(args.Number("deliveries", 50_000), args.Number("endpoints", 100), 1, 1, 1, args.Number("bytes", 1024));
        args.Done();

        Report.Say($"{backlog.Deliveries:N0} deliveries of {backlog.BodyBytes} bytes to {backlog.Endpoints} endpoints, {concurrency} at a time;");
        Report.Say($"Node in {processes} processes; then {rate} events a second for {seconds} s. {runs} alternated runs of each after a warm-up.");
        using var folder = new TemporaryFolder();
        var postgres = new PostgresTemplate();
        var rates = await RatesAsync(folder, postgres, backlog, runs, concurrency, processes);
        var latencies = await LatenciesAsync(folder, postgres, runs, processes, rate, TimeSpan.FromSeconds(seconds));

        Report.Table(
            ["run", "bare/s", "sqlite/s", "postgres/s", "bullmq/s", "sqlite:bare", "postgres:bare", "postgres:bullmq", "cores pg", "cores node", "claims", "records", "claiming", "recording"],
            rates.Select((run, i) => (string[])
            [
                $"{i + 1}",
                Report.Whole(run.Bare.Rate),
                Report.Whole(run.Sqlite.Rate),
                Report.Whole(run.Postgres.Rate),
                Report.Whole(run.Bull.Rate),
                Report.Fine(run.Sqlite.Rate / run.Bare.Rate),
                Report.Fine(run.Postgres.Rate / run.Bare.Rate),
                Report.Fine(run.Postgres.Rate / run.Bull.Rate),
                Report.Fine(run.Postgres.Cores),
                Report.Fine(run.Bull.Cores),
                Report.Whole(run.Postgres.Claims),
                Report.Whole(run.Postgres.Records),
                Report.Fine(run.Postgres.Claiming),
                Report.Fine(run.Postgres.Recording),
            ]));
        var (onSqlite, onPostgres, onBull) = (
            Latency.MedianOf([.. latencies.Select(run => run.Sqlite)]),
            Latency.MedianOf([.. latencies.Select(run => run.Postgres)]),
            Latency.MedianOf([.. latencies.Select(run => run.Bull)]));
        Report.Table(
            ["commit to first byte", "p50 ms", "p99 ms"],
            ["sqlite", Report.Fine(onSqlite.P50), Report.Fine(onSqlite.P99)],
            ["postgres", Report.Fine(onPostgres.P50), Report.Fine(onPostgres.P99)],
            ["bullmq", Report.Fine(onBull.P50), Report.Fine(onBull.P99)]);
        Report.Result(new
        {
            sqlite_ratio_to_bare = Report.Rounded(Statistics.Median(rates.Select(run => run.Sqlite.Rate / run.Bare.Rate))),
            postgres_ratio_to_bare = Report.Rounded(Statistics.Median(rates.Select(run => run.Postgres.Rate / run.Bare.Rate))),
            postgres_ratio_to_bullmq = Report.Rounded(Statistics.Median(rates.Select(run => run.Postgres.Rate / run.Bull.Rate))),
            p50_ms = Report.Rounded(onPostgres.P50),
            p99_ms = Report.Rounded(onPostgres.P99),
            sqlite_p99_ms = Report.Rounded(onSqlite.P99),
            bullmq_p99_ms = Report.Rounded(onBull.P99),
            bare_rate = Math.Round(Statistics.Median(rates.Select(run => run.Bare.Rate))),
            sqlite_rate = Math.Round(Statistics.Median(rates.Select(run => run.Sqlite.Rate))),
            postgres_rate = Math.Round(Statistics.Median(rates.Select(run => run.Postgres.Rate))),
            bullmq_rate = Math.Round(Statistics.Median(rates.Select(run => run.Bull.Rate))),
        });
        return 0;
    }

    static async Task<List<Rates>> RatesAsync(TemporaryFolder folder, PostgresTemplate postgres, Backlog backlog, int runs, int concurrency, int processes)
    {
        var count = backlog.Deliveries.ToString(CultureInfo.InvariantCulture);
        var at = concurrency.ToString(CultureInfo.InvariantCulture);
        await using var sink = Child.StartOwn(["sink"], ApiProcess.CollectorSettings);
        var address = new Uri(await sink.ReadLineAsync());
        string UrlOf(int endpoint) => new Uri(address, $"/endpoints/{endpoint}").AbsoluteUri;
        var template = folder.Sub("backlog");
        await backlog.WriteAsync(Place.Embedded(template), UrlOf);
        var stored = await postgres.WriteAsync(folder.Sub("keys"), backlog, UrlOf);

        // A process for each, so that none runs in what the other has warmed.
        await using var bare = Child.StartOwn(["bare", "--backlog", template, "--concurrency", at, "--lines", folder.Path + "/backlog.jsonl"], ApiProcess.CollectorSettings);
        await using var onSqlite = Child.StartOwn(["dispatch", "--count", count, "--concurrency", at], ApiProcess.CollectorSettings);
        await using var onPostgres = Child.StartOwn(["dispatch", "--count", count, "--concurrency", at], ApiProcess.CollectorSettings);
        List<Rates> rounds = [];
        BullSender? bull = null;
        try
        {
            for (var round = 0; round <= runs; round++)
            {
                bare.Ask("go");
                var loop = JsonSerializer.Deserialize<BareRun>(await bare.ReadLineAsync())!;
                await DeliveryBench.CheckSinkAsync(sink, backlog.Deliveries);
                var sqlite = await DeliveryBench.DispatchAsync(onSqlite, template, folder.Sub($"run-{round}"));
                await DeliveryBench.CheckSinkAsync(sink, backlog.Deliveries);
                var fleet = await postgres.CopiedAsync(stored, place => DispatchAsync(onPostgres, place));
                await DeliveryBench.CheckSinkAsync(sink, backlog.Deliveries);

                bull ??= await BullSender.StartAsync(folder.Sub("redis"), folder.Path + "/backlog.jsonl", concurrency, processes);
                await bull.LoadAsync();
                var node = await bull.SendAsync();
                await DeliveryBench.CheckSinkAsync(sink, backlog.Deliveries);
                if (Math.Min(sqlite.Attempts, fleet.Attempts) != backlog.Deliveries || node.Sent != backlog.Deliveries)
                    throw new InvalidOperationException($"Of {backlog.Deliveries} attempts {sqlite.Attempts}, {fleet.Attempts} and {node.Sent} are recorded.");
                if (round > 0)
                    rounds.Add(new(loop, sqlite, fleet, node));
            }
        }
        finally
        {
            if (bull is not null)
                await bull.DisposeAsync();
        }

        return rounds;
    }

    static async Task<List<Latencies>> LatenciesAsync(TemporaryFolder folder, PostgresTemplate postgres, int runs, int processes, int rate, TimeSpan length)
    {
        await using var sink = await ArrivalSink.StartAsync(2);
        var latency = new FleetLatency(rate, length, sink);
        var (embedded, shared) = (Place.Embedded(folder.Sub("embedded")), postgres.NewPlace(folder.Sub("shared")));
        await FleetLatency.Endpoint.WriteAsync(embedded, _ => latency.Url);
        await FleetLatency.Endpoint.WriteAsync(shared, _ => latency.Url);
        await using var redis = await RedisProcess.StartAsync(folder.Sub("backplane"));
        shared = shared.With("Framelane:Redis:ConnectionString", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{redis.Port}"));
        await using var alone = FleetLatency.Start(embedded);
        await using var dispatcher = FleetLatency.Start(shared.With("Framelane:Roles", "dispatcher"));
        await using var worker = FleetLatency.Start(shared.With("Framelane:Roles", "worker"));
        await using var bull = await BullSender.StartAsync(folder.Sub("queue"), "/dev/null", 64, processes);
        List<Latencies> rounds = [];
        for (var round = 0; round <= runs; round++)
        {
            var run = new Latencies(await latency.ProductAsync(alone), await latency.ProductAsync(worker), await latency.BullAsync(bull));
            if (round > 0)
                rounds.Add(run);
        }

        return rounds;
    }

    static async Task<DispatchRun> DispatchAsync(Child dispatch, Place place)
    {
        dispatch.Ask(place.ToString());
        return JsonSerializer.Deserialize<DispatchRun>(await dispatch.ReadLineAsync())!;
    }

    sealed record Rates(BareRun Bare, DispatchRun Sqlite, DispatchRun Postgres, BullRun Bull);

    sealed record Latencies(Latency Sqlite, Latency Postgres, Latency Bull);
}
