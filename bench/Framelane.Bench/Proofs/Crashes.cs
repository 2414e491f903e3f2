using Framelane.Bench.Load;

namespace Framelane.Bench.Proofs;

/// <summary>Kills nodes at random moments, one or all at once, and the producer now and then, and starts them again.</summary>
sealed class Crashes(Cluster cluster, Producer producer, int seed)
{
    readonly Random random = new(seed);

    public async Task RunAsync(int restarts)
    {
        for (var done = 0; done < restarts;)
        {
            await Task.Delay(random.Next(100, 1200));
            Server[] victims = random.Next(3) == 0 && restarts - done >= cluster.Servers.Count
                ? [.. cluster.Servers]
                : [cluster.Servers[random.Next(cluster.Servers.Count)]];
            if (random.Next(3) == 0)
            {
                await producer.KillAsync();
                producer.Start();
            }

            await Task.WhenAll(victims.Select(server => server.KillAsync()));
            await Task.WhenAll(victims.Select(StartAgainAsync));
            done += victims.Length;
        }
    }

    /// <summary>Sometimes it is killed once more while it starts.</summary>
    async Task StartAgainAsync(Server server)
    {
        var again = NextIsKilledAgain(out var after);
        server.Start();
        if (again)
        {
            await Task.Delay(after);
            await server.KillAsync();
            server.Start();
        }

        await server.WaitReadyAsync();
    }

    bool NextIsKilledAgain(out int after)
    {
        lock (random)
        {
            after = random.Next(1000);
            return random.Next(5) == 0;
        }
    }
}
