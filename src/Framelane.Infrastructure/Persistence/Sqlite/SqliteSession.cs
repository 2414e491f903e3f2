using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Framelane.Infrastructure.Persistence.Sqlite;

/// <summary>Gives every connection the settings that SQLite does not keep in the file.</summary>
sealed class SqliteSession : DbConnectionInterceptor
{
    /// <summary>How long a statement waits for a writer of another process, in seconds.</summary>
    public const int BusySeconds = 30;

    /// <remarks>Pages that every batch of the dispatcher writes anew are copied into the file once in 32 MiB of WAL, not once in 4.</remarks>
    const string Pragmas =
        "PRAGMA busy_timeout = 30000; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA wal_autocheckpoint = 8000;";

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Prepare(connection);

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        // SQLite has nothing to wait for here: the calls are synchronous whatever they are called.
        Prepare(connection);
        return Task.CompletedTask;
    }

    /// <summary>For a connection that was opened without EF.</summary>
    public static void Prepare(DbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        command.ExecuteNonQuery();
    }
}
