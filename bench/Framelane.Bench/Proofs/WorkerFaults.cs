using Framelane.Bench.Common;
using Framelane.Bench.Load;
using Framelane.Domain.Jobs;

namespace Framelane.Bench.Proofs;

/// <summary>
/// Kills workers at random moments and starts them again, and stops one now and then for longer than its lease, so that it wakes while
/// another works on what was its. A job that would be given up, for its worker died too often, is spared until it is done.
/// </summary>
sealed class WorkerFaults(Cluster cluster, Stored stored, Findings findings, TimeSpan lease, int seed)
{
    /// <summary>Within which what a dead worker had started ends.</summary>
    static readonly TimeSpan Ends = TimeSpan.FromSeconds(2);

    readonly Random random = new(seed);

    public int Killed { get; private set; }

    public int Stopped { get; private set; }

    /// <summary>Media programs that ran when their worker was killed.</summary>
    public int Orphaned { get; private set; }

    /// <summary>Until so many were killed, or nothing is left to do.</summary>
    public async Task RunAsync(int kills, int stops)
    {
        while (Killed < kills)
        {
            // The first soon after one was taken up: a few renders may be done in little more than a second.
            await Task.Delay(random.Next(200, Killed == 0 ? 700 : 2500));
            List<StoredRender> open = [.. stored.Renders().Where(render => render.IsOpen)];
            if (open.Count == 0)
                return;
            if (open.Any(render => render.Runs >= Job.MaxRuns - 1) || (Killed == 0 && open.All(render => render.Runs == 0)))
                continue;
            var server = cluster.Servers[random.Next(cluster.Servers.Count)];
            if (Stopped < stops && random.Next(kills) < stops)
                await StopAsync(server);
            await KillAsync(server);
            await Task.Delay(random.Next(500));
            server.Start();
            await server.WaitReadyAsync();
        }
    }

    async Task StopAsync(Server server)
    {
        server.Suspend();
        await Task.Delay(lease + TimeSpan.FromSeconds(1 + (2 * random.NextDouble())));
        server.Resume();
        Stopped++;

        // Time to do harm.
        await Task.Delay(random.Next(1000, 3000));
    }

    async Task KillAsync(Server server)
    {
        var programs = Descendants.Of(server.ProcessId);
        await server.KillAsync();
        Killed++;
        Orphaned += programs.Count;
        var until = DateTimeOffset.UtcNow + Ends;
        while (Descendants.Alive(programs).Count > 0 && DateTimeOffset.UtcNow < until)
            await Task.Delay(20);
        foreach (var left in Descendants.Alive(programs))
            findings.Add("a media program outlived its worker", $"{left}: {Descendants.CommandOf(left.Id)}");
        Report.Say($"{DateTimeOffset.UtcNow:HH:mm:ss.fff} {server.Name} killed, with {programs.Count} programs");
    }
}
