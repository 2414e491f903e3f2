using System.Diagnostics;
using System.Net;
using Framelane.Bench.Common;
using Framelane.Bench.Load;
using Microsoft.Extensions.Hosting;

namespace Framelane.Bench.Speed;

/// <summary>How long a rotation takes over HTTP, its barrier included: on one process without and with events to deliver, and beside another.</summary>
static class RotationBench
{
    public static async Task<int> RunAsync(Arguments args)
    {
        var (runs, rotations, rate) = (args.Number("runs", 5), args.Number("rotations", 200), args.Number("rate", 10));
        args.Done();
        Report.Say($"{rotations} rotations a run, one after the other, each with an Idempotency-Key; {runs} alternated runs after a warm-up;");
        Report.Say($"where events flow they are {rate} a second to each of two webhooks: pings over HTTP on one process, beside two committed by a third.");
        using var folder = new TemporaryFolder();
        await using var sink = await Sink.StartAsync(context => context.Request.Body.CopyToAsync(Stream.Null));
        await using var one = await Site.StartAsync(folder.Sub("one"), 1, sink);
        await using var two = await Site.StartAsync(folder.Sub("two"), 2, sink);
        (string Name, Site Site, int Rate)[] ways =
        [
            ("one process, events flow", one, rate),
            ("one process, nothing else to do", one, 0),
            ("two processes, events flow", two, rate),
        ];
        var times = Array.ConvertAll(ways, _ => new List<double[]>());
        for (var round = 0; round <= runs; round++)
        {
            for (var way = 0; way < ways.Length; way++)
            {
                var took = await ways[way].Site.RotateAsync(rotations, ways[way].Rate);
                if (round > 0)
                    times[way].Add(took);
            }
        }

        // Of each run, and of these the median: one in which the machine was busy with something else says nothing.
        Report.Table(
            ["", "p50 ms", "p99 ms", "max ms", "p99 of the runs"],
            ways.Select((way, i) => (string[])
            [
                way.Name,
                Report.Fine(Of(i, 50)),
                Report.Fine(Of(i, 99)),
                Report.Fine(Of(i, 100)),
                $"{Report.Fine(times[i].Min(run => Statistics.Percentile(run, 99)))} to {Report.Fine(times[i].Max(run => Statistics.Percentile(run, 99)))}",
            ]));
        Report.Result(new
        {
            p50_ms = Report.Rounded(Of(0, 50)),
            p99_ms = Report.Rounded(Of(0, 99)),
            quiet_p99_ms = Report.Rounded(Of(1, 99)),
            two_nodes_p50_ms = Report.Rounded(Of(2, 50)),
            two_nodes_p99_ms = Report.Rounded(Of(2, 99)),
        });
        return 0;

        double Of(int way, double percent) => Statistics.Median(times[way].Select(run => Statistics.Percentile(run, percent)));
    }

    /// <summary>A database with so many processes of the API on it, and two webhooks.</summary>
    sealed class Site(List<Server> servers, IHost host, string[] webhookIds) : IAsyncDisposable
    {
        public static async Task<Site> StartAsync(string folder, int processes, Sink sink)
        {
            List<Server> servers = [];
            for (var i = 0; i < processes; i++)
            {
                servers.Add(new($"{i + 1}", folder));
                servers[i].Start();
                await servers[i].WaitReadyAsync();
            }

            return new(servers, await Composition.BuildAsync(folder, []), [await MakeWebhookAsync(), await MakeWebhookAsync()]);

            async Task<string> MakeWebhookAsync() =>
                (await servers[0].SendAsync(HttpMethod.Post, "/v1/webhooks", new { url = sink.UrlOf("/") })).Expect(HttpStatusCode.Created).Text("id");
        }

        /// <returns>Milliseconds, of each.</returns>
        public async Task<double[]> RotateAsync(int count, int rate)
        {
            using var stop = new CancellationTokenSource();
            var traffic = rate == 0 ? Task.CompletedTask
                : servers.Count == 1 ? PingAsync(rate, stop.Token)
                : (await Traffic.OfAsync(host.Services)).RunAsync(rate, stop.Token);
            var took = new double[count];
            for (var i = 0; i < count; i++)
            {
                var began = Stopwatch.GetTimestamp();
                var answer = await servers[0].SendAsync(HttpMethod.Post, $"/v1/webhooks/{webhookIds[0]}/rotate-secret", idempotencyKey: Guid.NewGuid().ToString());
                took[i] = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
                answer.Expect(HttpStatusCode.OK);
            }

            await stop.CancelAsync();
            await traffic;
            return took;
        }

        /// <summary>At that rate, whatever an answer takes.</summary>
        async Task PingAsync(int rate, CancellationToken stop)
        {
            List<Task> sent = [];
            using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1) / rate);
            try
            {
                while (await timer.WaitForNextTickAsync(stop))
                    sent.AddRange(webhookIds.Select(id => servers[0].SendAsync(HttpMethod.Post, $"/v1/webhooks/{id}/test")));
            }
            catch (OperationCanceledException)
            {
                await Task.WhenAll(sent);
            }
        }

        public async ValueTask DisposeAsync()
        {
            host.Dispose();
            foreach (var server in servers)
                await server.DisposeAsync();
        }
    }
}
