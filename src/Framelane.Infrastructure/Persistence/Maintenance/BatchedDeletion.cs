using Microsoft.EntityFrameworkCore;

namespace Framelane.Infrastructure.Persistence.Maintenance;

/// <summary>Deletes in batches small enough that nobody waits for one, with a pause for others in between.</summary>
static class BatchedDeletion
{
    /// <summary>Rows.</summary>
    public const int Size = 500;

    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <param name="rows">In an order, where they have one: each batch then begins where the last one ended.</param>
    /// <returns>How many went.</returns>
    public static Task<int> DrainAsync<T>(this DatabaseWriter writer, IQueryable<T> rows, TimeProvider time, CancellationToken cancellationToken) => DrainAsync(
        Size, () => writer.ExecuteAsync(token => rows.Take(Size).ExecuteDeleteAsync(token), cancellationToken), time, cancellationToken);

    /// <summary>
    /// Of tables whose keys have several columns: EF can only ask each row of such a table whether it is of the batch, and SQLite then reads them all. And
    /// of rows that may change meanwhile, and are asked for again as they are deleted.
    /// </summary>
    /// <param name="keys">What the rows are found by, in an order; one for each row.</param>
    /// <param name="rows">The rows of such keys.</param>
    /// <param name="size">Keys at a time: fewer where the rows are large.</param>
    /// <returns>How many went, at least.</returns>
    public static Task<int> DrainAsync<TRow, TKey>(
        this DatabaseWriter writer,
        IQueryable<TKey> keys,
        Func<IReadOnlyList<TKey>, IQueryable<TRow>> rows,
        TimeProvider time,
        CancellationToken cancellationToken,
        int size = Size) => DrainAsync(
        size,
        async () =>
        {
            var batch = await keys.Take(size).ToListAsync(cancellationToken);
            if (batch.Count > 0)
                await writer.ExecuteAsync(token => rows(batch).ExecuteDeleteAsync(token), cancellationToken);
            return batch.Count;
        },
        time,
        cancellationToken);

    /// <summary>The same where it takes several statements to name the rows of the keys: they are one transaction.</summary>
    /// <returns>How many went.</returns>
    public static Task<int> DrainAsync<TKey, T>(
        this DatabaseWriter writer,
        FramelaneDbContext db,
        IQueryable<TKey> keys,
        Func<IReadOnlyList<TKey>, IEnumerable<IQueryable<T>>> rows,
        TimeProvider time,
        CancellationToken cancellationToken) =>
        DrainAsync(
            Size,
            async () =>
            {
                var next = await keys.Take(Size).ToListAsync(cancellationToken);
                return next.Count == 0 ? 0 : await writer.ExecuteAsync(db, token => DeleteAsync(rows(next), token), cancellationToken);
            },
            time,
            cancellationToken);

    /// <summary>Takes batches until one is not full.</summary>
    /// <param name="takeBatch">Answers how many it took.</param>
    /// <returns>How many went.</returns>
    public static async Task<int> DrainAsync(int size, Func<Task<int>> takeBatch, TimeProvider time, CancellationToken cancellationToken)
    {
        var total = 0;
        while (true)
        {
            var gone = await takeBatch();
            total += gone;
            if (gone < size)
                return total;
            await PauseAsync(time, cancellationToken);
        }
    }

    static async Task<(int Gone, bool Keep)> DeleteAsync<T>(IEnumerable<IQueryable<T>> parts, CancellationToken cancellationToken)
    {
        var gone = 0;
        foreach (var part in parts)
            gone += await part.ExecuteDeleteAsync(cancellationToken);
        return (gone, true);
    }

    public static Task PauseAsync(TimeProvider time, CancellationToken cancellationToken) => Task.Delay(Pause, time, cancellationToken);
}
