namespace Framelane.Bench.Proofs;

/// <summary>What a client changed, one change after the other, and when: before each was sent and after it was answered.</summary>
sealed class History<T>(T first)
{
    static readonly TimeSpan Near = TimeSpan.FromSeconds(2);

    readonly List<Change<T>> changes = [new(first, DateTimeOffset.MinValue, DateTimeOffset.MinValue, "at the start")];

    public int Count => changes.Count;

    public T Last => changes[^1].State;

    /// <param name="answeredAt">The end of time where no answer came: then nobody was promised anything.</param>
    public void Add(T state, DateTimeOffset sentAt, DateTimeOffset answeredAt, string how) => changes.Add(new(state, sentAt, answeredAt, how));

    /// <summary>
    /// The states that something which began in that time may rest on: none that a change, answered before, has ended; none that nobody
    /// had asked for yet.
    /// </summary>
    public IEnumerable<Change<T>> Possible(DateTimeOffset from, DateTimeOffset to)
    {
        var oldest = changes.FindLastIndex(change => change.AnsweredAt <= from);
        var newest = changes.FindLastIndex(change => change.SentAt <= to);
        return changes.Skip(oldest).Take(newest - oldest + 1);
    }

    /// <summary>When whoever asked for the change after that one was told of it.</summary>
    public DateTimeOffset EndOf(Change<T> change) =>
        changes.IndexOf(change) is var index && index + 1 < changes.Count ? changes[index + 1].AnsweredAt : DateTimeOffset.MaxValue;

    /// <summary>The changes around a time, and the last that was answered before it, for people to read.</summary>
    public IEnumerable<string> Around(DateTimeOffset from, DateTimeOffset to)
    {
        var held = changes.FindLast(change => change.AnsweredAt <= from);
        return changes
            .Where(change => change == held || (change.SentAt < to + Near && change.AnsweredAt > from - Near))
            .Select(change => $"    {change.SentAt:HH:mm:ss.ffffff} sent, {change.AnsweredAt:HH:mm:ss.ffffff} answered: {change.State} ({change.How})");
    }
}

sealed record Change<T>(T State, DateTimeOffset SentAt, DateTimeOffset AnsweredAt, string How);
