namespace Framelane.Infrastructure.Persistence;

/// <summary>The machine's clock, set by the database's: nodes compare times with each other, and their own clocks differ.</summary>
/// <remarks>Durations stay the machine's monotonic ones.</remarks>
sealed class DatabaseClock(TimeProvider machine) : TimeProvider
{
    long offset;

    public override TimeZoneInfo LocalTimeZone => machine.LocalTimeZone;

    public override long TimestampFrequency => machine.TimestampFrequency;

    /// <summary>How far the database's clock is ahead of the machine's.</summary>
    public TimeSpan Offset
    {
        get => new(Volatile.Read(ref offset));
        private set => Volatile.Write(ref offset, value.Ticks);
    }

    public override DateTimeOffset GetUtcNow() => machine.GetUtcNow() + Offset;

    public override long GetTimestamp() => machine.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        machine.CreateTimer(callback, state, dueTime, period);

    /// <summary>Reads the database's clock and goes by it from now on.</summary>
    /// <param name="read">Its reading is taken to be from the middle of the call.</param>
    public async Task SetAsync(Func<CancellationToken, Task<DateTimeOffset>> read, CancellationToken cancellationToken)
    {
        var sent = machine.GetUtcNow();
        var started = machine.GetTimestamp();
        var theirs = await read(cancellationToken);
        Offset = theirs - (sent + machine.GetElapsedTime(started) / 2);
    }
}
