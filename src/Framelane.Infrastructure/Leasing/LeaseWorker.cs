using System.Collections.Concurrent;
using Framelane.Application.Abstractions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Framelane.Infrastructure.Leasing;

/// <summary>Takes up leased work and has it run, a few at once. Leases are kept, and what was lost stops within a tick.</summary>
/// <param name="most">That many at once.</param>
abstract class LeaseWorker<TClaim>(
    ILeasedQueue<TClaim> queue,
    WorkerSignal signal,
    WorkFolder folders,
    IFreeSpace space,
    int most,
    TimeProvider time,
    ILogger logger) : BackgroundService, IHostedLifecycleService
    where TClaim : class, IClaim
{
    /// <summary>From one look for work that nobody told of to the next.</summary>
    static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(2);

    /// <summary>From one look at what is held to the next: half of the time within which a cancelled job has to stop.</summary>
    static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    /// <summary>Bytes.</summary>
    internal const long WorthFreeing = 64 << 20;

    readonly TimeSpan renewEvery = queue.Lease / 3;

    readonly ConcurrentDictionary<LeasedRun<TClaim>, Task> running = new();

    bool hasRoom = true;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>
    /// Takes up nothing more, and has what runs end and be handed back, from the moment that a stop is asked for: the server, which stops
    /// first, may take all the time that there is to end its requests.
    /// </summary>
    /// <remarks>It is waited for when the worker itself is stopped; the server need not wait for it.</remarks>
    public Task StoppingAsync(CancellationToken cancellationToken) => StopAsync(new CancellationToken(canceled: true));

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected abstract LeasedRun<TClaim> NewRun(TClaim claim);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        folders.Open();
        var keeping = KeepAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ClaimAsync(stoppingToken);
                await signal.WaitAsync(PollInterval, stoppingToken);
            }
            catch (Exception) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception failure)
            {
                logger.LogWarning(failure, "The queue could not be read; tried again in {Interval}.", PollInterval);
                await Task.Delay(PollInterval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        foreach (var run in running.Keys)
            run.Stop();
        await Task.WhenAll([keeping, .. running.Values]);
    }

    async Task ClaimAsync(CancellationToken cancellationToken)
    {
        var free = most - running.Count;
        if (free <= 0 || !HasRoom())
            return;
        var claims = await queue.ClaimAsync(free, cancellationToken);
        foreach (var claim in claims)
        {
            // It begins once it is among those that run, so that its end finds it there.
            var known = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var run = NewRun(claim);
            running[run] = RunAsync(run, known.Task);
            known.SetResult();
        }

        // Behind what was claimed there may be more.
        if (claims.Count > 0 && running.Count < most)
            signal.Wake();
    }

    /// <summary>Without, it would take up what others can do, and fail at it as fast as it can.</summary>
    bool HasRoom()
    {
        var had = hasRoom;
        hasRoom = space.HasRoom();
        if (had && !hasRoom)
            logger.LogWarning("Nothing is taken up: less is free than Framelane:Storage:MinFreeBytes.");
        else if (hasRoom && !had)
            logger.LogInformation("There is room again, and work is taken up.");
        return hasRoom;
    }

    async Task RunAsync(LeasedRun<TClaim> run, Task known)
    {
        await known;
        await run.ExecuteAsync();
        running.TryRemove(run, out _);
        signal.Wake();
    }

    async Task KeepAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Tick, time);
        var renewed = time.GetTimestamp();
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                var renew = time.GetElapsedTime(renewed) >= renewEvery;
                if (renew)
                    renewed = time.GetTimestamp();
                await KeepAsync(renew, cancellationToken);
            }
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            // The process stops; what runs is handed back.
        }
    }

    async Task KeepAsync(bool renew, CancellationToken cancellationToken)
    {
        var held = running.Keys.ToDictionary(run => run.Claim);
        if (held.Count == 0)
            return;
        MakeRoom(held.Values);
        try
        {
            foreach (var claim in await queue.RenewAsync(held.Keys, renew, cancellationToken))
                held[claim].Lose();
            foreach (var run in held.Values)
                await run.KeepAsync(cancellationToken);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            logger.LogWarning(failure, "{Count} leases could not be looked after.", held.Count);
        }
    }

    /// <summary>
    /// One goes at each tick, so that what the last one has freed counts, and of all that run on the disk, whichever process has them, the one that frees
    /// most. One that has nothing to speak of stays: others fill the disk.
    /// </summary>
    void MakeRoom(IEnumerable<LeasedRun<TClaim>> runs)
    {
        try
        {
            if (!space.IsRunningOut())
                return;
            var all = folders.LargestRuns();
            if (all is [{ Bytes: >= WorthFreeing } largest, ..])
                runs.FirstOrDefault(run => run.Folder == largest.Folder)?.GiveWay(isAlone: all.Skip(1).Sum(run => run.Bytes) < WorthFreeing);
        }
        catch (Exception failure)
        {
            // Leases are kept all the same.
            logger.LogWarning(failure, "It could not be found out what fills the disk.");
        }
    }
}
