using Framelane.Bench.Load;
using Framelane.Infrastructure.Persistence;
using Framelane.Infrastructure.Persistence.Model;
using Framelane.Infrastructure.Persistence.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Framelane.Bench.Proofs;

/// <summary>Reads the product's tables: what it says that it committed and did.</summary>
sealed class Stored : IDisposable
{
    readonly IHost host;
    readonly SqliteConnection connection;

    Stored(IHost host, SqliteConnection connection) => (this.host, this.connection) = (host, connection);

    public static async Task<Stored> OpenAsync(string dataPath)
    {
        var host = await Composition.BuildAsync(dataPath, []);
        return new(host, new SqliteConnections((SqliteProvider)host.Services.GetRequiredService<IDatabaseProvider>()).Open());
    }

    public long Pending() => Scalar("SELECT count(*) FROM deliveries WHERE state = 0");

    public long Rotations() => Scalar("SELECT count(*) FROM audit_log WHERE action = 'signing_secret.rotated'");

    public long Workspaces() => Scalar("SELECT count(*) FROM workspaces");

    /// <summary>The tables and indexes as they were made, and the migrations that made them.</summary>
    public string Schema() => string.Join('\n', Rows("SELECT coalesce(sql, name) FROM sqlite_master ORDER BY name", row => row.GetString(0))
        .Concat(Rows("SELECT migration_id FROM __EFMigrationsHistory ORDER BY 1", row => row.GetString(0))));

    public string WorkspaceName() => Rows("SELECT name FROM workspaces", row => row.GetString(0)).Single();

    public List<StoredEvent> Events() => Rows(
        "SELECT id, job_id, sequence FROM events WHERE job_id IS NOT NULL ORDER BY id",
        row => new StoredEvent(row.GetString(0), row.GetString(1), row.GetInt32(2)));

    public List<StoredDelivery> Deliveries() => Rows(
        "SELECT id, event_id, job_id, sequence, webhook_id, lane, state FROM deliveries ORDER BY id",
        row => new StoredDelivery(
            row.GetString(0),
            row.GetString(1),
            row.IsDBNull(2) ? null : row.GetString(2),
            row.GetInt32(3),
            row.IsDBNull(4) ? null : row.GetString(4),
            row.GetString(5),
            row.GetInt32(6)));

    public List<StoredAttempt> Attempts() => Rows(
        "SELECT delivery_id, attempt_number, status, attempted_at, ended_at, epoch, signatures FROM attempts ORDER BY attempted_at",
        row => new StoredAttempt(
            row.GetString(0),
            row.GetInt32(1),
            row.GetInt32(2),
            UnixMicroseconds.ToMoment(row.GetInt64(3)),
            UnixMicroseconds.ToMoment(row.GetInt64(4)),
            row.GetInt64(5),
            row.GetInt32(6)));

    public void Dispose()
    {
        connection.Dispose();
        SqliteConnection.ClearAllPools();
        host.Dispose();
    }

    long Scalar(string sql) => Rows(sql, row => row.GetInt64(0)).Single();

    List<T> Rows<T>(string sql, Func<SqliteDataReader, T> read)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var rows = command.ExecuteReader();
        List<T> all = [];
        while (rows.Read())
            all.Add(read(rows));
        return all;
    }
}

sealed record StoredEvent(string Id, string JobId, int Sequence);

/// <param name="State">0 pending, 1 succeeded, 2 dead-lettered, 3 endpoint disabled, 4 cancelled.</param>
sealed record StoredDelivery(string Id, string EventId, string? JobId, int Sequence, string? WebhookId, string Lane, int State);

/// <param name="Status">1 succeeded, 2 failed, 3 dead-lettered.</param>
sealed record StoredAttempt(
    string DeliveryId,
    int Number,
    int Status,
    DateTimeOffset StartedAt,
    DateTimeOffset EndedAt,
    long Epoch,
    int Signatures);
