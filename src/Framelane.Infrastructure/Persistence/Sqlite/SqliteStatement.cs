using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Framelane.Infrastructure.Persistence.Sqlite;

/// <summary>
/// A statement that is prepared once and run many times, on the connection's own handle: what ADO.NET adds to one execution takes longer
/// than the execution. Values are bound in the order of the parameters; after its last row, or <see cref="Reset"/>, it can be bound anew.
/// </summary>
/// <remarks>For one thread at a time, as the connection is.</remarks>
sealed class SqliteStatement : IDisposable
{
    const int MaxOnStack = 512;

    readonly sqlite3 database;
    readonly sqlite3_stmt statement;
    int bound;

    public SqliteStatement(SqliteConnection connection, string sql)
    {
        database = connection.Handle!;
        Check(raw.sqlite3_prepare_v3(database, sql, raw.SQLITE_PREPARE_PERSISTENT, out statement));
    }

    public SqliteStatement Bind(long value)
    {
        Check(raw.sqlite3_bind_int64(statement, ++bound, value));
        return this;
    }

    public SqliteStatement Bind(long? value) => value is { } number ? Bind(number) : BindNull();

    public SqliteStatement Bind(ReadOnlySpan<byte> value)
    {
        Check(raw.sqlite3_bind_blob(statement, ++bound, value));
        return this;
    }

    public SqliteStatement Bind(string? value)
    {
        if (value is null)
            return BindNull();
        var most = Encoding.UTF8.GetMaxByteCount(value.Length);
        var utf8 = most <= MaxOnStack ? stackalloc byte[MaxOnStack] : new byte[most];
        Check(raw.sqlite3_bind_text(statement, ++bound, utf8[..Encoding.UTF8.GetBytes(value, utf8)]));
        return this;
    }

    /// <summary>Runs a statement that answers no rows.</summary>
    /// <returns>How many rows it changed.</returns>
    public int Run()
    {
        while (Read())
        {
        }

        return raw.sqlite3_changes(database);
    }

    /// <returns>Whether there is another row; after the last one it is reset.</returns>
    public bool Read()
    {
        var code = raw.sqlite3_step(statement);
        if (code == raw.SQLITE_ROW)
            return true;
        Reset();
        Check(code == raw.SQLITE_DONE ? raw.SQLITE_OK : code);
        return false;
    }

    /// <summary>Leaves the rows that were not read, and what it read from the database.</summary>
    public void Reset()
    {
        // What it returns is the failure of the last step, which was reported.
        raw.sqlite3_reset(statement);
        bound = 0;
    }

    public bool IsNull(int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL;

    public long Number(int column) => raw.sqlite3_column_int64(statement, column);

    public string Text(int column) => raw.sqlite3_column_text(statement, column).utf8_to_string();

    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    public byte[] Bytes(int column) => raw.sqlite3_column_blob(statement, column).ToArray();

    public void Dispose() => statement.Dispose();

    SqliteStatement BindNull()
    {
        Check(raw.sqlite3_bind_null(statement, ++bound));
        return this;
    }

    /// <exception cref="SqliteException">What SQLite says of the code.</exception>
    void Check(int code) => SqliteException.ThrowExceptionForRC(code, database);
}
