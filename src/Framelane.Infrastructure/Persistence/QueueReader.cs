using Framelane.Infrastructure.Persistence.Model;
using Microsoft.EntityFrameworkCore;

namespace Framelane.Infrastructure.Persistence;

/// <summary>Looks at what is due, or waits for longer than it should: a mail that its server refuses is put off again and again.</summary>
sealed class QueueReader(IDbContextFactory<FramelaneDbContext> contexts, IDatabaseProvider provider, TimeProvider time)
{
    /// <remarks>On a thread of its own: a call into SQLite blocks while it reads.</remarks>
    public Task<IReadOnlyList<QueueState>> ReadAsync(CancellationToken cancellationToken) => Task.Run<IReadOnlyList<QueueState>>(
        async () =>
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            var now = time.GetUtcNow();
            return [.. (await provider.ReadQueuesAsync(db, now, cancellationToken)).Select(row => row.At(now))];
        },
        cancellationToken);
}

/// <param name="Kind"><c>delivery</c>; <c>job</c> or <c>asset</c>, which no worker has taken up; <c>mail</c>, or <c>minutes</c> that are still to be reported.</param>
/// <param name="Depth">How many wait.</param>
/// <param name="Age">How long the oldest of them has been.</param>
readonly record struct QueueState(string Kind, long Depth, TimeSpan Age);

/// <summary>As the statements answer it.</summary>
sealed record QueueRow(string Kind, long Depth, long? Oldest)
{
    public QueueState At(DateTimeOffset now) => new(Kind, Depth, Oldest is { } since ? now - UnixMicroseconds.ToMoment(since) : TimeSpan.Zero);
}
