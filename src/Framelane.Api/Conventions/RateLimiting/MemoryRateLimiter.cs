using System.Collections.Concurrent;
using Framelane.Application.Abstractions;

namespace Framelane.Api.Conventions.RateLimiting;

/// <summary>Counts in this process's memory, which stays bounded however many addresses knock.</summary>
sealed class MemoryRateLimiter(TimeProvider time) : IRateLimiter
{
    /// <summary>Windows of addresses that are kept apart; beyond them, newcomers share one.</summary>
    internal const int MaxAddresses = 100_000;

    static readonly TimeSpan Length = TimeSpan.FromMinutes(1);

    readonly ConcurrentDictionary<RatePartition, Window> windows = new();

    long sweptAt = time.GetTimestamp();

    int addresses;

    internal int Count => windows.Count;

    public ValueTask<RateQuota> TakeAsync(RatePartition partition, int limit, CancellationToken cancellationToken)
    {
        Sweep();
        while (true)
        {
            if (WindowOf(partition).TryTake(time, limit, out var quota))
                return ValueTask.FromResult(quota);
        }
    }

    public ValueTask<RateQuota> PeekAsync(RatePartition partition, int limit, CancellationToken cancellationToken) =>
        ValueTask.FromResult(windows.TryGetValue(partition, out var window) ? window.Peek(time, limit) : new(limit > 0, limit, limit, TimeSpan.Zero));

    Window WindowOf(RatePartition partition)
    {
        if (windows.TryGetValue(partition, out var window))
            return window;
        if (partition.IsOfAddress && Volatile.Read(ref addresses) >= MaxAddresses)
            return windows.GetOrAdd(partition with { Key = "others" }, _ => new(time.GetTimestamp()));

        var made = new Window(time.GetTimestamp());
        window = windows.GetOrAdd(partition, made);
        if (ReferenceEquals(window, made) && partition.IsOfAddress)
            Interlocked.Increment(ref addresses);
        return window;
    }

    /// <summary>Once a window's length, by whoever comes first then: a window that is over is the same as none.</summary>
    void Sweep()
    {
        var last = Interlocked.Read(ref sweptAt);
        if (time.GetElapsedTime(last) < Length || Interlocked.CompareExchange(ref sweptAt, time.GetTimestamp(), last) != last)
            return;
        foreach (var (partition, window) in windows)
        {
            if (!window.TryRetire(time) || !windows.TryRemove(partition, out _))
                continue;
            if (partition.IsOfAddress && partition.Key != "others")
                Interlocked.Decrement(ref addresses);
        }
    }

    sealed class Window(long start)
    {
        readonly Lock mutex = new();

        long start = start;

        int taken;

        bool retired;

        /// <returns>False where the window was swept away meanwhile: the caller takes from its successor.</returns>
        public bool TryTake(TimeProvider time, int limit, out RateQuota quota)
        {
            lock (mutex)
            {
                quota = default;
                if (retired)
                    return false;
                if (time.GetElapsedTime(start) >= Length)
                    (start, taken) = (time.GetTimestamp(), 0);
                var allowed = taken < limit;
                if (allowed)
                    taken++;
                quota = new(allowed, limit, Math.Max(0, limit - taken), Length - time.GetElapsedTime(start));
                return true;
            }
        }

        public RateQuota Peek(TimeProvider time, int limit)
        {
            lock (mutex)
            {
                var left = Length - time.GetElapsedTime(start);
                return left > TimeSpan.Zero
                    ? new(taken < limit, limit, Math.Max(0, limit - taken), left)
                    : new(limit > 0, limit, limit, TimeSpan.Zero);
            }
        }

        public bool TryRetire(TimeProvider time)
        {
            lock (mutex)
                return retired = time.GetElapsedTime(start) >= Length;
        }
    }
}
