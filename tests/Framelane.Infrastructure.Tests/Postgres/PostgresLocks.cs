using Framelane.Infrastructure.Tests.Persistence;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Framelane.Infrastructure.Tests.Postgres;

static class PostgresLocks
{
    const string Waiting = """
        SELECT count(*)::int AS "Value" FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'
        """;

    /// <summary>Has the statement's rows, changed or only locked, until it is let go: as a process does that stops in a transaction.</summary>
    /// <param name="sql">$1 is the id.</param>
    public static async Task<HeldRows> HoldAsync(this ServerDatabase database, string sql, string id)
    {
        var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync();
        var transaction = await connection.BeginTransactionAsync();
#pragma warning disable CA2100 // Written out in tests.
        await using var hold = new NpgsqlCommand(sql, connection, transaction) { Parameters = { new() { Value = id } } };
#pragma warning restore CA2100
        await hold.ExecuteNonQueryAsync();
        return new(connection, transaction);
    }

    public static Task<HeldRows> HoldWorkspaceAsync(this ServerDatabase database, string id) => database.HoldAsync("SELECT 1 FROM workspaces WHERE id = $1 FOR UPDATE", id);

    /// <summary>Waits until so many wait for rows of the database.</summary>
    public static Task AreAwaitedAsync(this TestHost host, int count = 1) => Eventually.HoldsAsync(
        () => host.ReadAsync(async db => await db.Database.SqlQueryRaw<int>(Waiting).SingleAsync() >= count), "Nobody waits.");
}

sealed class HeldRows(NpgsqlConnection connection, NpgsqlTransaction transaction) : IAsyncDisposable
{
    /// <summary>Commits.</summary>
    public Task LetGoAsync() => transaction.CommitAsync();

    public async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync();
        await connection.DisposeAsync();
    }
}
