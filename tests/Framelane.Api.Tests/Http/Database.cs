using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Framelane.Api.Tests.Http;

/// <summary>A look into the file that a host keeps.</summary>
sealed class Database(string path)
{
    /// <summary>What moves by itself: heartbeats, and when a key was last used.</summary>
    static readonly string[] Restless = ["nodes.", "api_keys.last_used_at"];

    /// <summary>All that requests can change, in an order of its own.</summary>
    public async Task<IReadOnlyList<string>> SnapshotAsync() =>
    [
        .. (await CellsAsync())
            .Where(cell => !Restless.Any(cell.Place.StartsWith))
            .GroupBy(cell => (cell.Table, cell.Row), cell => $"{cell.Column}={Show(cell.Value)}")
            .Select(row => $"{row.Key.Table}: {string.Join(", ", row)}")
            .Order(StringComparer.Ordinal),
    ];

    public async Task<IReadOnlyList<Cell>> CellsAsync()
    {
        await using var connection = await OpenAsync();
        var cells = new List<Cell>();
        foreach (var table in await TablesAsync(connection))
        {
            await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The names are the database's own.
            command.CommandText = $"select * from \"{table}\"";
#pragma warning restore CA2100
            await using var reader = await command.ExecuteReaderAsync();
            for (var row = 0; await reader.ReadAsync(); row++)
            {
                for (var i = 0; i < reader.FieldCount; i++)
                    cells.Add(new(table, row, reader.GetName(i), reader.GetValue(i)));
            }
        }

        return cells;
    }

    public async Task<long> CountAsync(string table)
    {
        return (await CellsAsync()).Where(cell => cell.Table == table).Select(cell => cell.Row).Distinct().LongCount();
    }

    public async Task ExecuteAsync(string sql, params (string Name, object Value)[] parameters)
    {
        await using var connection = await OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Written out in tests.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (name, value) in parameters)
            command.Parameters.AddWithValue(name, value);
        await command.ExecuteNonQueryAsync();
    }

    static async Task<List<string>> TablesAsync(SqliteConnection connection)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "select name from sqlite_master where type = 'table' order by name";
        await using var reader = await command.ExecuteReaderAsync();
        var tables = new List<string>();
        while (await reader.ReadAsync())
            tables.Add(reader.GetString(0));
        return tables;
    }

    static string Show(object value) =>
        value is byte[] bytes ? Convert.ToHexStringLower(bytes) : Convert.ToString(value, CultureInfo.InvariantCulture)!;

    async Task<SqliteConnection> OpenAsync()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, DefaultTimeout = 20 }.ToString());
        await connection.OpenAsync();
        return connection;
    }
}

sealed record Cell(string Table, int Row, string Column, object Value)
{
    public string Place => $"{Table}.{Column}";
}
