using Microsoft.Data.Sqlite;

namespace Framelane.Infrastructure.Persistence.Sqlite;

/// <summary>Connections for those who keep one for themselves.</summary>
sealed class SqliteConnections(SqliteProvider provider)
{
    /// <summary>KiB of pages in memory; with SQLite's own 2,000 a batch spills before it is committed.</summary>
    const string CacheSize = "PRAGMA cache_size = -32768";

    public SqliteConnection Open()
    {
        var connection = new SqliteConnection(provider.ConnectionString);
        connection.Open();
        SqliteSession.Prepare(connection);
        using var cache = connection.CreateCommand();
        cache.CommandText = CacheSize;
        cache.ExecuteNonQuery();
        return connection;
    }
}
