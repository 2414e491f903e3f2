using System.Data.Common;
using System.Text.Json;
using Framelane.Infrastructure.Persistence.Model;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Framelane.Bench.Proofs;

/// <summary>Reads the product's tables with nothing of the product's: what it says that it committed and did.</summary>
sealed class Stored : IDisposable
{
    readonly DbConnection connection;

    Stored(DbConnection connection) => this.connection = connection;

    public static Stored Open(string dataPath)
    {
        var connection = new SqliteConnection($"Data Source={FileIn(dataPath)};Pooling=False;Default Timeout=30");
        connection.Open();
        return new(connection);
    }

    public static Stored OpenPostgres(string connectionString)
    {
        var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        connection.Open();
        return new(connection);
    }

    public static string FileIn(string dataPath) => Path.Combine(dataPath, "framelane.db");

    public long Pending() => Scalar("SELECT count(*) FROM deliveries WHERE state = 0");

    public long Rotations(string workspaceId) =>
        Scalar("SELECT count(*) FROM audit_log WHERE action = 'signing_secret.rotated' AND workspace_id = $1", workspaceId);

    /// <summary>When each rotation was written, in their order.</summary>
    public List<DateTimeOffset> RotationTimes(string workspaceId) => Rows(
        "SELECT created_at FROM audit_log WHERE action = 'signing_secret.rotated' AND workspace_id = $1 ORDER BY created_at, id",
        row => UnixMicroseconds.ToMoment(row.GetInt64(0)),
        workspaceId);

    public string? UrlOf(string webhookId) => Rows("SELECT url FROM webhooks WHERE id = $1", row => row.GetString(0), webhookId).SingleOrDefault();

    public long Workspaces() => Scalar("SELECT count(*) FROM workspaces");

    public bool HasTable(string name) => Scalar("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = $1", name) > 0;

    public bool IsMigrating() => Scalar("SELECT count(*) FROM __EFMigrationsLock") > 0;

    /// <summary>The tables and indexes as they were made, and the migrations that made them.</summary>
    public string Schema() => string.Join('\n', Rows("SELECT coalesce(sql, name) FROM sqlite_master ORDER BY name", row => row.GetString(0))
        .Concat(Rows("SELECT MigrationId FROM __EFMigrationsHistory ORDER BY 1", row => row.GetString(0))));

    public string WorkspaceName() => Rows("SELECT name FROM workspaces", row => row.GetString(0)).Single();

    /// <summary>The epoch that each rotation raised, by its idempotency key.</summary>
    public Dictionary<string, long> EpochsByKey() =>
        Rows("SELECT key, barrier_epoch FROM idempotency_keys WHERE barrier_epoch IS NOT NULL", row => (Key: row.GetString(0), Epoch: row.GetInt64(1)))
            .ToDictionary(row => row.Key, row => row.Epoch);

    public List<StoredRender> Renders() => Rows(
        "SELECT id, status, runs, output, error FROM jobs ORDER BY id",
        row => new StoredRender(row.GetString(0), row.GetInt32(1), row.GetInt32(2), KeyIn(row.IsDBNull(3) ? null : row.GetString(3)), row.IsDBNull(4) ? null : row.GetString(4)));

    /// <summary>The types of each job's events, by their sequence.</summary>
    public ILookup<string, (int Sequence, string Type)> RenderEvents() => Rows(
            "SELECT job_id, sequence, type FROM events WHERE job_id IS NOT NULL ORDER BY job_id, sequence",
            row => (Job: row.GetString(0), Sequence: row.GetInt32(1), Type: row.GetString(2)))
        .ToLookup(row => row.Job, row => (row.Sequence, row.Type));

    /// <summary>In the order in which they were committed.</summary>
    public List<StoredEvent> Events() => Rows(
        "SELECT id, job_id, sequence FROM events WHERE job_id IS NOT NULL ORDER BY created_at, id",
        row => new StoredEvent(row.GetString(0), row.GetString(1), row.GetInt32(2)));

    public List<StoredDelivery> Deliveries() => Rows(
        "SELECT id, event_id, job_id, sequence, webhook_id, lane, state, created_at, claimable_at, fence FROM deliveries ORDER BY id",
        row => new StoredDelivery(
            row.GetString(0),
            row.GetString(1),
            row.IsDBNull(2) ? null : row.GetString(2),
            row.GetInt32(3),
            row.IsDBNull(4) ? null : row.GetString(4),
            row.GetString(5),
            row.GetInt32(6),
            UnixMicroseconds.ToMoment(row.GetInt64(7)),
            UnixMicroseconds.ToMoment(row.GetInt64(8)),
            row.GetInt64(9)));

    public List<StoredAttempt> Attempts() => Rows(
        "SELECT delivery_id, attempt_number, status, attempted_at, ended_at, epoch, signatures, workspace_id, status_code FROM attempts ORDER BY attempted_at",
        row => new StoredAttempt(
            row.GetString(0),
            row.GetInt32(1),
            row.GetInt32(2),
            UnixMicroseconds.ToMoment(row.GetInt64(3)),
            UnixMicroseconds.ToMoment(row.GetInt64(4)),
            row.GetInt64(5),
            row.GetInt32(6),
            row.GetString(7),
            !row.IsDBNull(8)));

    /// <summary>Does something while no other process can be writing to the file.</summary>
    public void WhileNobodyWrites(Action action)
    {
        using var turn = ((SqliteConnection)connection).BeginTransaction(deferred: false);
        action();
        turn.Rollback();
    }

    public void Dispose() => connection.Dispose();

    static string? KeyIn(string? output) =>
        output is null ? null : JsonDocument.Parse(output).RootElement is { ValueKind: JsonValueKind.Object } made ? made.GetProperty("key").GetString() : null;

    long Scalar(string sql, params ReadOnlySpan<string> values) => Rows(sql, row => row.GetInt64(0), values).Single();

    List<T> Rows<T>(string sql, Func<DbDataReader, T> read, params ReadOnlySpan<string> values)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < values.Length; i++)
            command.Parameters.Add(connection is NpgsqlConnection ? new NpgsqlParameter { Value = values[i] } : new SqliteParameter($"${i + 1}", values[i]));
        using var rows = command.ExecuteReader();
        List<T> all = [];
        while (rows.Read())
            all.Add(read(rows));
        return all;
    }
}
