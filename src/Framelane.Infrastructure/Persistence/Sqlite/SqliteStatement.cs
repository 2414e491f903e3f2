using Microsoft.Data.Sqlite;

namespace Framelane.Infrastructure.Persistence.Sqlite;

/// <summary>A statement that is prepared once; its parameters are <c>$1</c>, <c>$2</c> and so on.</summary>
sealed class SqliteStatement
{
    readonly SqliteCommand command;

    public SqliteStatement(SqliteConnection connection, string sql)
    {
        command = connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 1; sql.Contains($"${i}", StringComparison.Ordinal); i++)
            command.Parameters.Add(new SqliteParameter($"${i}", null));
    }

    public SqliteTransaction? Transaction
    {
        set => command.Transaction = value;
    }

    public int Execute(params ReadOnlySpan<object?> values) => Bind(values).ExecuteNonQuery();

    public object? Scalar(params ReadOnlySpan<object?> values) => Bind(values).ExecuteScalar();

    public SqliteDataReader Query(params ReadOnlySpan<object?> values) => Bind(values).ExecuteReader();

    SqliteCommand Bind(ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        return command;
    }
}
