using System.Collections.Concurrent;
using Framelane.Domain.Workspaces;
using Framelane.Infrastructure.Dispatch;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Framelane.Infrastructure.Rotation;

/// <summary>
/// Hands out permits, and keeps those fresh that somebody holds: one query reads the epochs of all of them, several times in a permit's
/// lifetime, and a snapshot is made anew only where the epoch has risen.
/// </summary>
sealed class Permits(
    ISnapshotReader reader,
    EpochGate gate,
    NodeRegistry node,
    TimeProvider time,
    IOptions<WebhooksOptions> options,
    ILogger<Permits> logger) : BackgroundService
{
    const int MaxPerQuery = 500;

    /// <summary>Snapshots hold keys: what nobody asked for in this time is dropped.</summary>
    static readonly TimeSpan IdleLimit = TimeSpan.FromMinutes(5);

    readonly ConcurrentDictionary<WorkspaceId, Entry> entries = new();
    readonly SemaphoreSlim work = new(0);
    readonly TimeSpan refreshAfter = options.Value.PermitLifetime * 0.4;
    long lastTidied = time.GetTimestamp();
    bool ticking;

    /// <summary>A permit that leaves its user at least half its lifetime, or null where the workspace is gone.</summary>
    /// <exception cref="Exception">The database did not answer.</exception>
    public ValueTask<Permit?> GetAsync(WorkspaceId workspaceId, CancellationToken cancellationToken)
    {
        var entry = entries.GetOrAdd(workspaceId, static id => new(id));
        return TryGetFresh(entry, out var permit) ? new(permit) : new(WaitAsync(entry, cancellationToken));
    }

    /// <summary>The permit as it is known this instant; where it has run out, using it will be refused.</summary>
    public Permit? Peek(WorkspaceId workspaceId) =>
        entries.TryGetValue(workspaceId, out var entry) && entry.Known is { } known ? known : null;

    /// <summary>Keeps the workspace's permit fresh until the hold is disposed: somebody waits for a connection and will need it at once.</summary>
    public Hold HoldFresh(WorkspaceId workspaceId)
    {
        var entry = entries.GetOrAdd(workspaceId, static id => new(id));
        if (Interlocked.Increment(ref entry.Holders) == 1 && !Volatile.Read(ref ticking))
            work.Release();
        return new(entry);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await node.Registered.WaitAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            // With a hold there is a next round whether somebody asks or not.
            await work.WaitAsync(ticking ? refreshAfter / 2 : Timeout.InfiniteTimeSpan, stoppingToken);
            while (work.CurrentCount > 0)
                await work.WaitAsync(stoppingToken);

            // A hold that comes after the last look rings, for by then it sees that nothing ticks.
            Interlocked.Exchange(ref ticking, await RefreshAsync(stoppingToken));
            if (!ticking && AnyHeld())
                Interlocked.Exchange(ref ticking, true);
            Tidy();
        }
    }

    bool AnyHeld() => entries.Values.Any(entry => Volatile.Read(ref entry.Holders) > 0);

    /// <returns>Whether somebody holds a permit.</returns>
    async Task<bool> RefreshAsync(CancellationToken cancellationToken)
    {
        var held = false;
        List<Entry> due = [];
        foreach (var (_, entry) in entries)
        {
            var holders = Volatile.Read(ref entry.Holders) > 0;
            held |= holders;
            if (entry.IsWaitedFor || (holders && !TryGetFresh(entry, out _)))
                due.Add(entry);
        }

        foreach (var chunk in due.Chunk(MaxPerQuery))
            await RefreshAsync(chunk, cancellationToken);
        return held;
    }

    async Task RefreshAsync(Entry[] due, CancellationToken cancellationToken)
    {
        var waiters = Array.ConvertAll(due, entry => entry.TakeWaiter());
        try
        {
            node.EnsureAlive();
            var readStarted = time.GetTimestamp();
            var epochs = await reader.ReadEpochsAsync(Array.ConvertAll(due, entry => entry.Id), cancellationToken);
            for (var i = 0; i < due.Length; i++)
            {
                var entry = due[i];
                var permit = epochs.TryGetValue(entry.Id, out var epoch) ? await PermitAsync(entry, epoch, readStarted, cancellationToken) : null;
                entry.Known = permit;
                waiters[i]?.TrySetResult(permit);
            }
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            logger.LogWarning(failure, "Epochs could not be read; attempts wait.");
            foreach (var waiter in waiters)
                waiter?.TrySetException(failure);
            await Task.Delay(refreshAfter, cancellationToken);
        }
        finally
        {
            foreach (var waiter in waiters)
                waiter?.TrySetCanceled(CancellationToken.None);
        }
    }

    async Task<Permit?> PermitAsync(Entry entry, long epoch, long readStarted, CancellationToken cancellationToken)
    {
        if (entry.Known is { } known && known.Snapshot.Epoch == epoch)
            return known with { ReadStarted = readStarted };
        readStarted = time.GetTimestamp();
        return await reader.ReadSnapshotAsync(entry.Id, cancellationToken) is { } snapshot ? new Permit(snapshot, readStarted) : null;
    }

    async Task<Permit?> WaitAsync(Entry entry, CancellationToken cancellationToken)
    {
        var waiter = entry.Join(out var first);
        if (first)
            work.Release();
        return await waiter.WaitAsync(cancellationToken);
    }

    bool TryGetFresh(Entry entry, out Permit permit)
    {
        var now = time.GetTimestamp();
        Volatile.Write(ref entry.LastAsked, now);
        permit = entry.Known ?? default;
        return permit.Snapshot is not null && time.GetElapsedTime(permit.ReadStarted, now) < refreshAfter && gate.IsOpen(entry.Id, permit.ReadStarted);
    }

    void Tidy()
    {
        if (time.GetElapsedTime(lastTidied) < IdleLimit)
            return;
        lastTidied = time.GetTimestamp();
        foreach (var (id, entry) in entries)
        {
            if (entry is { Holders: 0, IsWaitedFor: false } && time.GetElapsedTime(entry.LastAsked) > IdleLimit)
                entries.TryRemove(id, out _);
        }
    }

    internal readonly struct Hold(Entry entry) : IDisposable
    {
        public void Dispose() => Interlocked.Decrement(ref entry.Holders);
    }

    internal sealed class Entry(WorkspaceId id)
    {
        readonly Lock sync = new();
        TaskCompletionSource<Permit?>? waiter;
        Boxed? known;

        public int Holders;
        public long LastAsked;

        public WorkspaceId Id { get; } = id;

        public bool IsWaitedFor => waiter is not null;

        /// <summary>The newest permit, if the workspace was read at all and exists.</summary>
        public Permit? Known
        {
            get => Volatile.Read(ref known)?.Permit;
            set => Volatile.Write(ref known, value is { } permit ? new(permit) : null);
        }

        /// <summary>Waits for the next read along with everybody else who does.</summary>
        public Task<Permit?> Join(out bool first)
        {
            lock (sync)
            {
                first = waiter is null;
                waiter ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
                return waiter.Task;
            }
        }

        public TaskCompletionSource<Permit?>? TakeWaiter()
        {
            lock (sync)
            {
                var taken = waiter;
                waiter = null;
                return taken;
            }
        }

        /// <summary>A permit is two words; behind a reference it is replaced in one.</summary>
        sealed record Boxed(Permit Permit);
    }
}
