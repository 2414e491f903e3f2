using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Framelane.Infrastructure.Persistence.Postgres;

/// <summary>An advisory lock on a connection of its own, so that it spans the transactions of the setup; it ends with the connection.</summary>
static class PostgresSetupLock
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public static async Task<IAsyncDisposable> AcquireAsync(FramelaneDbContext db, string connectionString, CancellationToken cancellationToken)
    {
        await EnsureDatabaseAsync(db, cancellationToken);
        var connection = new NpgsqlConnection(PostgresSettings.ForSetup(connectionString, Patience));
        try
        {
            await connection.OpenAsync(cancellationToken);
            await using var command = new NpgsqlCommand(PostgresSql.LockForSetup, connection) { CommandTimeout = 0 };
            await command.ExecuteNonQueryAsync(cancellationToken);
            return connection;
        }
        catch (Exception failure)
        {
            await connection.DisposeAsync();
            if (failure is PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable })
                throw new TimeoutException("Another process has been preparing the database for ten minutes.", failure);
            throw;
        }
    }

    static async Task EnsureDatabaseAsync(FramelaneDbContext db, CancellationToken cancellationToken)
    {
        var creator = db.GetService<IRelationalDatabaseCreator>();
        while (!await creator.ExistsAsync(cancellationToken))
        {
            try
            {
                await creator.CreateAsync(cancellationToken);
            }
            catch (PostgresException failure) when (IsBeingMade(failure))
            {
                await Task.Delay(Pause, cancellationToken);
            }
        }
    }

    /// <summary>Another process made it a moment ago, or is about to: the template is in use as long as it is copied.</summary>
    static bool IsBeingMade(PostgresException failure) => failure.SqlState
        is PostgresErrorCodes.DuplicateDatabase
        or PostgresErrorCodes.UniqueViolation
        or PostgresErrorCodes.ObjectInUse;
}
