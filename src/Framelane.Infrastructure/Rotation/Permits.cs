using System.Collections.Concurrent;
using Framelane.Domain.Workspaces;
using Framelane.Infrastructure.Dispatch;
using Framelane.Infrastructure.Telemetry;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Framelane.Infrastructure.Rotation;

/// <summary>
/// Hands out permits, and keeps those fresh that somebody holds: one query reads the epochs of all of them, several times in a permit's
/// lifetime, and a snapshot is made anew only where the epoch has risen. A workspace whose snapshot is slow or broken delays no other.
/// </summary>
sealed class Permits(
    ISnapshotReader reader,
    EpochGate gate,
    NodeRegistry node,
    DispatchMetrics metrics,
    TimeProvider time,
    IOptions<WebhooksOptions> options,
    ILogger<Permits> logger) : BackgroundService
{
    const int MaxPerQuery = 500;
    const int MaxLoadsAtOnce = 8;

    /// <summary>Snapshots hold keys: what nobody asked for in this time is dropped.</summary>
    static readonly TimeSpan IdleLimit = TimeSpan.FromMinutes(5);

    /// <summary>After a failure; at most so many lines in the log, and so many queries to a database that is unwell.</summary>
    static readonly TimeSpan PauseAfterFailure = TimeSpan.FromMilliseconds(250);

    /// <summary>A connection may have to be made first. What takes longer still is given up: the next answer is newer.</summary>
    static readonly TimeSpan ShortestReadLimit = TimeSpan.FromSeconds(2);

    readonly ConcurrentDictionary<WorkspaceId, Entry> entries = new();
    readonly SemaphoreSlim work = new(0);
    readonly SemaphoreSlim loads = new(MaxLoadsAtOnce);
    readonly TimeSpan readLimit = options.Value.PermitLifetime > ShortestReadLimit ? options.Value.PermitLifetime : ShortestReadLimit;
    readonly TimeSpan refreshAfter = options.Value.PermitLifetime * 0.4;
    long lastTidied = time.GetTimestamp();
    bool ticking;

    /// <summary>How many workspaces it knows of.</summary>
    internal int Count => entries.Count;

    /// <summary>Keeps the workspace's permit fresh until the hold is disposed: whoever waits for a connection will need it at once.</summary>
    public Hold HoldFresh(WorkspaceId workspaceId)
    {
        while (true)
        {
            var entry = entries.GetOrAdd(workspaceId, static id => new(id));

            // One that is dropped in this very moment is not kept fresh by anybody.
            if (!entry.TryHold(out var first))
                continue;
            if (first && !Volatile.Read(ref ticking))
                work.Release();
            return new(this, entry);
        }
    }

    /// <summary>Another process says that the workspace has this epoch: where that is news, what was read before serves nobody any more.</summary>
    public void Rekey(WorkspaceId workspaceId, long epoch)
    {
        var known = entries.TryGetValue(workspaceId, out var entry) ? entry.Known?.Snapshot.Epoch : null;
        if (!(known >= epoch) && gate.TryCloseOnHint(workspaceId) && entry is { IsHeld: true })
            work.Release();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await node.Registered.WaitAsync(stoppingToken);
        await using var nextRound = time.CreateTimer(_ => work.Release(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        try
        {
            while (true)
            {
                // With a hold there is a next round whether somebody asks or not.
                nextRound.Change(ticking ? refreshAfter / 2 : IdleLimit, Timeout.InfiniteTimeSpan);
                do
                    await work.WaitAsync(stoppingToken);
                while (work.CurrentCount > 0);

                // A hold that comes after the last look rings, for by then it sees that nothing ticks.
                Interlocked.Exchange(ref ticking, await RefreshAsync(stoppingToken));
                if (!ticking && entries.Values.Any(entry => entry.IsHeld))
                    Interlocked.Exchange(ref ticking, true);
                Tidy();
            }
        }
        finally
        {
            foreach (var (_, entry) in entries)
                entry.TakeWaiter()?.TrySetCanceled(CancellationToken.None);
        }
    }

    /// <returns>Whether somebody holds a permit.</returns>
    async Task<bool> RefreshAsync(CancellationToken cancellationToken)
    {
        var held = false;
        List<Entry> due = [];
        foreach (var (_, entry) in entries)
        {
            held |= entry.IsHeld;
            if (!entry.IsLoading && (entry.IsWaitedFor || (entry.IsHeld && !TryGetFresh(entry, out _))))
                due.Add(entry);
        }

        foreach (var chunk in due.Chunk(MaxPerQuery))
            await RefreshAsync(chunk, cancellationToken);
        return held;
    }

    async Task RefreshAsync(Entry[] due, CancellationToken cancellationToken)
    {
        // Taken before the read begins: whoever comes later waits for the next one.
        var waiters = Array.ConvertAll(due, entry => entry.TakeWaiter());
        EpochReading read;
        try
        {
            read = await ReadAsync(token => reader.ReadEpochsAsync(Array.ConvertAll(due, entry => entry.Id), token), cancellationToken);
        }
        catch (Exception failure)
        {
            foreach (var waiter in waiters)
                waiter?.TrySetException(failure);
            if (cancellationToken.IsCancellationRequested)
                throw;
            logger.LogWarning(failure, "Epochs could not be read; attempts wait.");
            await Task.Delay(PauseAfterFailure, time, cancellationToken);
            return;
        }

        for (var i = 0; i < due.Length; i++)
        {
            var (entry, waiter) = (due[i], waiters[i]);
            if (!read.Epochs.TryGetValue(entry.Id, out var epoch))
                Settle(entry, waiter, null);
            else if (entry.Known is { } known && known.Snapshot.Epoch == epoch)
                Settle(entry, waiter, known with { ReadStarted = read.ReadStarted });
            else
                _ = LoadAsync(entry, waiter, cancellationToken);
        }
    }

    /// <remarks>Beside the rounds, which go on for the others meanwhile.</remarks>
    async Task LoadAsync(Entry entry, TaskCompletionSource<Permit?>? waiter, CancellationToken cancellationToken)
    {
        entry.IsLoading = true;
        try
        {
            await loads.WaitAsync(cancellationToken);
            try
            {
                var permit = await ReadAsync(token => reader.ReadSnapshotAsync(entry.Id, token), cancellationToken);
                if (permit is { } read && entry.Known is { } known && known.Snapshot.Epoch != read.Snapshot.Epoch)
                    metrics.Rekeyed();
                Settle(entry, waiter, permit);
            }
            finally
            {
                loads.Release();
            }
        }
        catch (Exception failure)
        {
            waiter?.TrySetException(failure);
            if (cancellationToken.IsCancellationRequested)
                return;
            logger.LogWarning(failure, "Workspace {WorkspaceId} could not be read; its attempts wait.", entry.Id);
            await Task.Delay(PauseAfterFailure, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        entry.IsLoading = false;
        work.Release();
    }

    /// <remarks>It is acted on within its limit and a permit's lifetime: long before others forget a node that has just been alive.</remarks>
    Task<T> ReadAsync<T>(Func<CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        node.EnsureAlive();
        return time.WithinAsync(readLimit, read, cancellationToken);
    }

    static void Settle(Entry entry, TaskCompletionSource<Permit?>? waiter, Permit? permit)
    {
        entry.Known = permit;
        waiter?.TrySetResult(permit);
    }

    async Task<Permit?> WaitAsync(Entry entry, CancellationToken cancellationToken)
    {
        var waiter = entry.Join(out var first);
        if (first)
            work.Release();
        return await waiter.WaitAsync(cancellationToken);
    }

    void Release(Entry entry) => entry.Release(time.GetTimestamp());

    bool TryGetFresh(Entry entry, out Permit permit)
    {
        permit = entry.Known ?? default;
        return permit.Snapshot is not null && time.GetElapsedTime(permit.ReadStarted) < refreshAfter && gate.IsOpen(entry.Id, permit.ReadStarted);
    }

    void Tidy()
    {
        if (time.GetElapsedTime(lastTidied) < IdleLimit)
            return;
        lastTidied = time.GetTimestamp();
        foreach (var (id, entry) in entries)
        {
            if (time.GetElapsedTime(entry.LastHeld) >= IdleLimit && entry.TryRetire())
                entries.TryRemove(id, out _);
        }
    }

    /// <summary>One user's claim that the workspace's permit be kept fresh.</summary>
    internal sealed class Hold(Permits permits, Entry entry) : IDisposable
    {
        bool ended;

        /// <summary>The permit as it is known this instant; where it has run out, using it will be refused.</summary>
        public Permit? Latest => entry.Known;

        /// <summary>A permit that leaves its user at least half its lifetime, or null where the workspace is gone.</summary>
        /// <exception cref="Exception">The database did not answer.</exception>
        public ValueTask<Permit?> GetAsync(CancellationToken cancellationToken) =>
            permits.TryGetFresh(entry, out var permit) ? new(permit) : new(ReadAsync(cancellationToken));

        /// <summary>What a read tells that begins after this call, or null where the workspace is gone.</summary>
        /// <exception cref="Exception">The database did not answer.</exception>
        public Task<Permit?> ReadAsync(CancellationToken cancellationToken) => permits.WaitAsync(entry, cancellationToken);

        public void Dispose()
        {
            if (!Interlocked.Exchange(ref ended, true))
                permits.Release(entry);
        }
    }

    internal sealed class Entry(WorkspaceId id)
    {
        /// <summary>So far below zero that no number of late comers brings it back.</summary>
        const int Retired = int.MinValue / 2;

        readonly Lock sync = new();
        TaskCompletionSource<Permit?>? waiter;
        Boxed? known;
        int holders;
        long lastHeld;
        bool isLoading;

        public WorkspaceId Id { get; } = id;

        public bool IsHeld => Volatile.Read(ref holders) > 0;

        public bool IsWaitedFor => Volatile.Read(ref waiter) is not null;

        /// <summary>Whether its snapshot is being read; no round touches it meanwhile.</summary>
        public bool IsLoading
        {
            get => Volatile.Read(ref isLoading);
            set => Volatile.Write(ref isLoading, value);
        }

        public long LastHeld => Volatile.Read(ref lastHeld);

        /// <summary>The newest permit, if the workspace was read at all and exists.</summary>
        public Permit? Known
        {
            get => Volatile.Read(ref known)?.Permit;
            set => Volatile.Write(ref known, value is { } permit ? new(permit) : null);
        }

        /// <returns>Whether it is still in use.</returns>
        public bool TryHold(out bool first)
        {
            var count = Interlocked.Increment(ref holders);
            first = count == 1;
            return count > 0;
        }

        public void Release(long now)
        {
            Volatile.Write(ref lastHeld, now);
            Interlocked.Decrement(ref holders);
        }

        /// <returns>Whether nobody held it; nobody can from then on.</returns>
        public bool TryRetire() => Interlocked.CompareExchange(ref holders, Retired, 0) == 0;

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
