namespace Framelane.Infrastructure.Tests;

/// <summary>A wall clock that the test moves on. Timers and the monotonic clock run as they always do.</summary>
sealed class WallClock : TimeProvider
{
    long ahead;

    /// <summary>What happens when somebody reads it, before they learn the time.</summary>
    public Action OnRead { get; set; } = () => { };

    public void Advance(TimeSpan by) => Interlocked.Add(ref ahead, by.Ticks);

    public override DateTimeOffset GetUtcNow()
    {
        OnRead();
        return base.GetUtcNow().AddTicks(Volatile.Read(ref ahead));
    }
}
