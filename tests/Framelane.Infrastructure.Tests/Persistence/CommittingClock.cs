using Microsoft.Extensions.Time.Testing;

namespace Framelane.Infrastructure.Tests.Persistence;

/// <summary>A monotonic time on which somebody else commits a change at every look: what is read from then on has to show it.</summary>
sealed class CommittingClock(DateTimeOffset now) : FakeTimeProvider(now)
{
    readonly Dictionary<long, long> committed = [];

    /// <summary>Commits a change, and tells its epoch; null lets time stand still.</summary>
    public Func<Task<long>>? Commit { get; set; }

    /// <summary>The epoch that was committed when the time was that.</summary>
    public long EpochAt(long timestamp) => committed[timestamp];

    public override long GetTimestamp()
    {
        if (Commit is not { } commit)
            return base.GetTimestamp();
        var epoch = Task.Run(commit).GetAwaiter().GetResult();
        Advance(TimeSpan.FromTicks(1));
        committed.Add(base.GetTimestamp(), epoch);
        return base.GetTimestamp();
    }
}
