using Framelane.Bench.Common;

namespace Framelane.Bench.Proofs;

/// <summary>What befalls a fleet, one after the other and at random moments: each kind once, and again for as long as it is to go on.</summary>
/// <param name="apart">How far apart they come at most, in ms.</param>
/// <param name="redisAway">For how long Redis is away at most, in ms: meanwhile a node learns of a rotation only as its permit ends.</param>
sealed class Faults(Fleet fleet, int seed, int apart = 2000, int redisAway = 6000)
{
    static readonly TimeSpan NodeSleeps = TimeSpan.FromSeconds(5);

    readonly Random random = new(seed);
    readonly Dictionary<string, int> counts = [];
    readonly List<(DateTimeOffset From, DateTimeOffset To, string What)> log = [];
    string victim = "";

    /// <summary>How often each kind came.</summary>
    public IReadOnlyDictionary<string, int> Counts => counts;

    public async Task RunAsync(Task whileRunning)
    {
        (string Name, Func<Task> Come)[] kinds =
        [
            ("redis_restarts", RestartRedisAsync),
            ("postgres_fast_restarts", () => Task.Run(() => fleet.Postgres.Restart("INT"))),
            ("postgres_immediate_restarts", () => Task.Run(() => fleet.Postgres.Restart("QUIT"))),
            ("nodes_killed", KillNodeAsync),
            ("nodes_stopped", () => StopNodeForAWhileAsync(() => Task.CompletedTask)),
            ("nodes_stopped_while_postgres_restarts", () => StopNodeForAWhileAsync(() => Task.Run(() => fleet.Postgres.Restart("QUIT")))),
        ];
        do
        {
            random.Shuffle(kinds);
            foreach (var (name, come) in kinds)
            {
                await Task.Delay(random.Next(500, apart));
                if (whileRunning.IsCompleted && counts.Count == kinds.Length)
                    return;
                Report.Say($"{DateTimeOffset.UtcNow:HH:mm:ss.fff} {name}");
                var from = DateTimeOffset.UtcNow;
                victim = "";
                await come();
                log.Add((from, DateTimeOffset.UtcNow, $"{name} {victim}"));
                counts[name] = counts.GetValueOrDefault(name) + 1;
            }
        }
        while (!whileRunning.IsCompleted);
    }

    /// <summary>What came in that time, for people to read.</summary>
    public IEnumerable<string> Between(DateTimeOffset from, DateTimeOffset to) =>
        log.Where(fault => fault.To >= from && fault.From <= to).Select(fault => $"    {fault.From:HH:mm:ss.ffffff} to {fault.To:HH:mm:ss.ffffff}: {fault.What}");

    async Task RestartRedisAsync()
    {
        fleet.Redis.Kill();
        await Task.Delay(random.Next(1000, redisAway));
        await fleet.Redis.RestartAsync();
    }

    async Task KillNodeAsync()
    {
        var server = Any();
        await server.KillAsync();
        await Task.Delay(random.Next(1000));
        server.Start();
        await server.WaitReadyAsync();
    }

    /// <param name="meanwhile">For instance what breaks the connections by which the node would learn, once it goes on, what happened.</param>
    async Task StopNodeForAWhileAsync(Func<Task> meanwhile)
    {
        var server = Any();
        server.Suspend();
        var ending = meanwhile();
        await Task.Delay(NodeSleeps);
        server.Resume();

        // Not before: what waits for the node to let go would never end.
        await ending;
    }

    Load.Server Any()
    {
        var server = fleet.Cluster.Servers[random.Next(fleet.Cluster.Servers.Count)];
        victim = server.Name;
        return server;
    }
}
