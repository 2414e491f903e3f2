namespace Framelane.Infrastructure.Persistence.Maintenance;

/// <summary>What storage refused within the last hour.</summary>
/// <remarks>Kept in memory: after a start, and by each process, it is tried once more.</remarks>
sealed class Refused<TId>(TimeProvider time)
    where TId : notnull
{
    /// <summary>They are the parameters of a statement. More than so many are a fault of storage that somebody has to see to.</summary>
    const int MaxCount = 1_000;

    static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    readonly Dictionary<TId, DateTimeOffset> since = [];

    public int Count => since.Count;

    public TId[] All()
    {
        var old = time.GetUtcNow() - Pause;
        foreach (var (id, _) in since.Where(each => each.Value <= old).ToArray())
            since.Remove(id);
        return [.. since.Keys];
    }

    public Task AddAsync(TId id)
    {
        if (since.Count < MaxCount)
            since[id] = time.GetUtcNow();
        return Task.CompletedTask;
    }
}
