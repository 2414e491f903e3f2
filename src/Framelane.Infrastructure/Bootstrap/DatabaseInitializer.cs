using System.Data.Common;
using Framelane.Infrastructure.Configuration;
using Framelane.Infrastructure.Persistence;
using Framelane.Infrastructure.Secrets;
using Microsoft.EntityFrameworkCore;

namespace Framelane.Infrastructure.Bootstrap;

/// <summary>Makes the database fit for use: tables, key ring, and a first workspace with its key. One process at a time; run at every start.</summary>
sealed class DatabaseInitializer(
    IDbContextFactory<FramelaneDbContext> contexts,
    IDatabaseProvider provider,
    DataFolder folder,
    DatabaseClockKeeper clock,
    KeyRing ring,
    FirstWorkspace first)
{
    /// <exception cref="MasterKeyException">The master key is missing or another one.</exception>
    public async Task InitializeAsync(CancellationToken cancellationToken)
    {
        folder.Ensure();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var setup = await provider.LockForSetupAsync(db, cancellationToken);
        await provider.PrepareMigrationAsync(db, cancellationToken);

        // Not asked to migrate where nothing is pending: it would compare the whole model with that of the last migration first.
        if (!await IsUpToDateAsync(db, cancellationToken))
            await db.Database.MigrateAsync(cancellationToken);
        await clock.SetAsync(cancellationToken);
        await ring.EnsureAsync(cancellationToken);
        await first.EnsureAsync(db, cancellationToken);
    }

    // EF would build a model of its own to ask the same, at each start.
    async Task<bool> IsUpToDateAsync(FramelaneDbContext db, CancellationToken cancellationToken)
    {
        var pending = db.Database.GetMigrations().ToHashSet();
        await db.Database.OpenConnectionAsync(cancellationToken);
        try
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = provider.AppliedMigrations;
            await using var rows = await command.ExecuteReaderAsync(cancellationToken);
            while (await rows.ReadAsync(cancellationToken))
                pending.Remove(rows.GetString(0));
            return pending.Count == 0;
        }
        catch (DbException)
        {
            // No such table yet. Whatever else it is, the migration meets it too, and says so.
            return false;
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }
}
