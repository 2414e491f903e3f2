using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace Framelane.Infrastructure.Persistence.SqlServer;

/// <summary>An application lock of the server on a connection of its own, so that it spans the transactions of the setup; it ends with the connection.</summary>
static class SqlServerSetupLock
{
    const int DatabaseExists = 1801;

    public static async Task<IAsyncDisposable> AcquireAsync(FramelaneDbContext db, string connectionString, CancellationToken cancellationToken)
    {
        await EnsureDatabaseAsync(db, cancellationToken);

        // Out of the pool: a lock of the session must not outlive its holder there. Made again behind our back, the connection would have none.
        var connection = new SqlConnection(new SqlConnectionStringBuilder(connectionString) { Pooling = false, ConnectRetryCount = 0 }.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = SqlServerSql.LockForSetup;
            command.CommandTimeout = 0;
            if (await command.ExecuteScalarAsync(cancellationToken) is not (int and >= 0))
                throw new TimeoutException("Another process has been preparing the database for ten minutes.");
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    static async Task EnsureDatabaseAsync(FramelaneDbContext db, CancellationToken cancellationToken)
    {
        var creator = db.GetService<IRelationalDatabaseCreator>();
        if (await creator.ExistsAsync(cancellationToken))
            return;
        try
        {
            await creator.CreateAsync(cancellationToken);
        }
        catch (SqlException exception) when (exception.Number == DatabaseExists)
        {
            // Another process made it a moment ago.
        }
    }
}
