using System.Globalization;
using System.Text.Json;
using Framelane.Bench.Common;

namespace Framelane.Bench.Load;

/// <summary>The Node sender on BullMQ (bench/bullmq), with a Redis of its own.</summary>
sealed class BullSender : IAsyncDisposable
{
    readonly RedisProcess redis;
    readonly Child node;

    BullSender(RedisProcess redis, Child node) => (this.redis, this.node) = (redis, node);

    public static async Task<BullSender> StartAsync(string folder, string backlog, int concurrency, int processes)
    {
        var script = Environment.GetEnvironmentVariable("FRAMELANE_BULLMQ")
            ?? throw new InvalidOperationException("FRAMELANE_BULLMQ names sender.mjs; bench/run.sh sets it.");
        var redis = await RedisProcess.StartAsync(folder);
        var node = Child.StartProgram("node", [script, Text(redis.Port), backlog, Text(concurrency), Text(processes)], [new("NODE_ENV", "production")]);
        return new(redis, node);
    }

    public Task LoadAsync() => AskAsync<JsonElement>("load");

    public Task<BullRun> SendAsync() => AskAsync<BullRun>("send");

    /// <summary>Adds jobs one by one, at that rate, while they are sent.</summary>
    public Task<List<Committed>> SteadyAsync(int rate, TimeSpan length, string url) =>
        AskAsync<List<Committed>>(string.Create(CultureInfo.InvariantCulture, $"steady {rate} {length.TotalMilliseconds} {url}"));

    public async ValueTask DisposeAsync()
    {
        await node.DisposeAsync();
        await redis.DisposeAsync();
    }

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    async Task<T> AskAsync<T>(string line)
    {
        node.Ask(line);
        return JsonSerializer.Deserialize<T>(await node.ReadLineAsync())!;
    }
}

/// <param name="Rate">Deliveries a second.</param>
/// <param name="Sent">And left as completed in Redis.</param>
/// <param name="Cores">Busy in the sending processes, in the mean.</param>
sealed record BullRun(double Rate, int Sent, double Cores);
