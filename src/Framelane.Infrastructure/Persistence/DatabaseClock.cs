namespace Framelane.Infrastructure.Persistence;

/// <summary>The database's clock, as last read, carried on by the machine's monotonic one: nodes compare times with each other.</summary>
/// <remarks>Whoever sets the machine's own clock moves nothing here. Until the first reading it is the machine's.</remarks>
sealed class DatabaseClock(TimeProvider machine) : TimeProvider
{
    /// <summary>Half of what a call takes is how wrong its reading can be, and a call may be held up anywhere, the first of a process most.</summary>
    const int Calls = 5;

    Reading? last;

    public override TimeZoneInfo LocalTimeZone => machine.LocalTimeZone;

    public override long TimestampFrequency => machine.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => Volatile.Read(ref last) is { } reading
        ? reading.Moment + machine.GetElapsedTime(reading.Timestamp)
        : machine.GetUtcNow();

    public override long GetTimestamp() => machine.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        machine.CreateTimer(callback, state, dueTime, period);

    /// <summary>Reads the database's clock, a few times, and goes by the shortest call from now on.</summary>
    /// <param name="read">Its reading is taken to be from the middle of the call.</param>
    public async Task SetAsync(Func<CancellationToken, Task<DateTimeOffset>> read, CancellationToken cancellationToken)
    {
        var shortest = TimeSpan.MaxValue;
        Reading? best = null;
        for (var calls = 0; calls < Calls; calls++)
        {
            var sent = machine.GetTimestamp();
            var theirs = await read(cancellationToken);
            var received = machine.GetTimestamp();
            var took = machine.GetElapsedTime(sent, received);
            if (took < shortest)
                (shortest, best) = (took, new(theirs + took / 2, received));
        }

        Volatile.Write(ref last, best);
    }

    sealed record Reading(DateTimeOffset Moment, long Timestamp);
}
