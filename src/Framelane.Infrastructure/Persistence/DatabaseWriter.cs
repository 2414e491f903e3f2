using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Framelane.Infrastructure.Persistence;

/// <summary>Runs work in a write transaction: lined up where the database has one writer, repeated where it asks for that.</summary>
sealed class DatabaseWriter(IDatabaseProvider provider)
{
    /// <summary>
    /// Runs the work with nothing tracked, saves and commits if it says so, and otherwise keeps nothing. Cancellation counts until the
    /// commit is sent.
    /// </summary>
    /// <exception cref="CommitUncertainException">The connection failed while it committed. Not repeated, for it may have.</exception>
    public Task<T> ExecuteAsync<T>(
        FramelaneDbContext db,
        Func<CancellationToken, Task<(T Value, bool Keep)>> work,
        CancellationToken cancellationToken) =>
        db.Database.CreateExecutionStrategy().ExecuteAsync(token => TryAsync(db, work, token), cancellationToken);

    /// <summary>Runs statements that are a transaction each.</summary>
    public async Task<T> ExecuteAsync<T>(Func<CancellationToken, Task<T>> statement, CancellationToken cancellationToken)
    {
        using var turn = await provider.EnterWriteAsync(cancellationToken);
        return await statement(cancellationToken);
    }

    async Task<T> TryAsync<T>(FramelaneDbContext db, Func<CancellationToken, Task<(T Value, bool Keep)>> work, CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear();
        var kept = false;
        try
        {
            using var turn = await provider.EnterWriteAsync(cancellationToken);
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            var (value, keep) = await work(cancellationToken);
            if (keep)
            {
                await db.SaveChangesAsync(cancellationToken);
                cancellationToken.ThrowIfCancellationRequested();
                await CommitAsync(transaction);
                kept = true;
            }

            return value;
        }
        finally
        {
            // What was not kept must not be found by whoever uses the context next.
            if (!kept)
                db.ChangeTracker.Clear();
        }
    }

    static async Task CommitAsync(IDbContextTransaction transaction)
    {
        try
        {
            await transaction.CommitAsync(CancellationToken.None);
        }
        catch (Exception failure)
        {
            throw new CommitUncertainException(failure);
        }
    }
}

/// <summary>The connection failed while a transaction was being committed: whether it was is not known here.</summary>
sealed class CommitUncertainException(Exception inner) : Exception("The database did not confirm a commit.", inner);
