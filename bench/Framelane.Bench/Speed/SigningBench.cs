using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Framelane.Bench.Common;
using Framelane.Domain.Workspaces;
using Framelane.Infrastructure.Signing;

namespace Framelane.Bench.Speed;

/// <summary>Deliveries signed a second on one core: 1 KiB, both schemes, the key state reused; beside it the runtime's own HMAC.</summary>
/// <remarks>A second is one of this process's CPU time, collector and compiler included, so that neighbours do not count.</remarks>
static class SigningBench
{
    const string EventId = "evt_01J8QR2K5VKDGN2T4FBM3CZYX7";

    public static int Run(Arguments args)
    {
        var runs = args.Number("runs", 5);
        var bytes = args.Number("bytes", 1024);
        var run = TimeSpan.FromMilliseconds(args.Number("milliseconds", 1000));
        args.Done();

        var body = new byte[bytes];
        new Random(1).NextBytes(body);
        var (current, previous) = (SigningSecret.Generate(), SigningSecret.Generate());
        var one = new Signer(new(current), null);
        var two = new Signer(new(current), new(previous));
        (string Name, Func<long, int> Sign)[] ways =
        [
            ("one secret", timestamp => one.Sign(EventId, timestamp, body).Framelane.Length),
            ("two secrets (a grace runs)", timestamp => two.Sign(EventId, timestamp, body).Framelane.Length),
            ("one secret, the runtime's HMAC", Plain(current, body)),
        ];

        Report.Say($"Signing {bytes} bytes by both schemes on one thread; {runs} alternated runs of {run.TotalSeconds:F1} s of CPU time after a warm-up.");
        var rates = Array.ConvertAll(ways, _ => new List<double>());
        var allocated = new long[ways.Length];
        for (var round = 0; round <= runs; round++)
        {
            for (var way = 0; way < ways.Length; way++)
            {
                var (rate, perCall) = Measure(ways[way].Sign, run);
                allocated[way] = perCall;
                if (round > 0)
                    rates[way].Add(rate);
            }
        }

        double[] medians = [.. rates.Select(Statistics.Median)];
        Report.Table(
            ["", "deliveries/s/core", "ratio", "bytes allocated"],
            ways.Select((way, i) => (string[])
                [way.Name, Report.Whole(medians[i]), Report.Fine(medians[i] / medians[^1]), Report.Whole(allocated[i])]));
        Report.Result(new
        {
            rate = Math.Round(medians[0]),
            two_secrets_rate = Math.Round(medians[1]),
            ratio_to_runtime = Report.Rounded(medians[0] / medians[^1]),
        });
        return 0;
    }

    static (double Rate, long Allocated) Measure(Func<long, int> sign, TimeSpan length)
    {
        const int Chunk = 1000;
        long count = 0;
        var before = GC.GetAllocatedBytesForCurrentThread();
        var began = Environment.CpuUsage.TotalTime;
        TimeSpan took;
        do
        {
            for (var i = 0; i < Chunk; i++)
                sign(1_716_278_400 + count + i);
            count += Chunk;
        }
        while ((took = Environment.CpuUsage.TotalTime - began) < length);
        return (count / took.TotalSeconds, (GC.GetAllocatedBytesForCurrentThread() - before) / count);
    }

    /// <summary>The same headers as anybody would write them first.</summary>
    static Func<long, int> Plain(SigningSecret secret, byte[] body)
    {
        var (text, raw) = (secret.TextKey(), secret.RawKey());
        return timestamp =>
        {
            var t = timestamp.ToString(CultureInfo.InvariantCulture);
            var framelane = $"t={t},v1={Convert.ToHexStringLower(HMACSHA256.HashData(text, Join($"{t}.")))}";
            var standard = $"v1,{Convert.ToBase64String(HMACSHA256.HashData(raw, Join($"{EventId}.{t}.")))}";
            return framelane.Length + standard.Length;
        };

        byte[] Join(string head) => [.. Encoding.UTF8.GetBytes(head), .. body];
    }
}
