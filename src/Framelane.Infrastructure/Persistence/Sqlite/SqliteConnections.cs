using Microsoft.Data.Sqlite;

namespace Framelane.Infrastructure.Persistence.Sqlite;

/// <summary>Connections for those who keep one for themselves.</summary>
sealed class SqliteConnections(SqliteProvider provider)
{
    public SqliteConnection Open()
    {
        var connection = new SqliteConnection(provider.ConnectionString);
        connection.Open();
        SqliteSession.Prepare(connection);
        return connection;
    }
}
