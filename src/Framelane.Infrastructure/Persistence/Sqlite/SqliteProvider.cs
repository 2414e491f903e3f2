using Framelane.Domain.Assets;
using Framelane.Domain.Deliveries;
using Framelane.Domain.Jobs;
using Framelane.Domain.Signups;
using Framelane.Domain.Uploads;
using Framelane.Domain.Webhooks;
using Framelane.Domain.Workspaces;
using Framelane.Infrastructure.Configuration;
using Framelane.Infrastructure.Persistence.Model;
using Framelane.Infrastructure.Persistence.Records;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Framelane.Infrastructure.Persistence.Sqlite;

/// <summary>SQLite in one file on a local disk: WAL, every commit on the disk before it is answered, one writer at a time.</summary>
sealed class SqliteProvider(string connectionString, SqliteWriteGate gate, TimeProvider time) : IDatabaseProvider
{
    const string Migrations = "Framelane.Migrations.Sqlite";

    /// <summary>SQLITE_CONSTRAINT_PRIMARYKEY and SQLITE_CONSTRAINT_UNIQUE.</summary>
    static readonly int[] DuplicateKey = [1555, 2067];

    /// <summary>SQLITE_BUSY, SQLITE_LOCKED, SQLITE_IOERR, SQLITE_FULL and SQLITE_CANTOPEN.</summary>
    static readonly int[] Outage = [5, 6, 10, 13, 14];

    readonly SqliteConnectionStringBuilder connection = new(connectionString) { DefaultTimeout = SqliteSession.BusySeconds };

    /// <summary>For those who open connections of their own.</summary>
    public string ConnectionString => connection.ConnectionString;

    public SqliteWriteGate Gate => gate;

    public void Configure(DbContextOptionsBuilder options) => options
        .UseSqlite(ConnectionString, sqlite => sqlite.MigrationsAssembly(Migrations))
        .UseCompiledModel(Migrations)
        .ReplaceService<IMigrationsSqlGenerator, SqliteTables>()
        .AddInterceptors(new SqliteSession());

    /// <remarks>Its connections are not counted: nobody can use them up.</remarks>
    public void ConfigureTimely(DbContextOptionsBuilder options) => Configure(options);

    public string AppliedMigrations => SqliteSql.AppliedMigrations;

    public ValueTask<IDisposable> EnterWriteAsync(CancellationToken cancellationToken) => gate.EnterAsync(cancellationToken);

    // A write transaction of SQLite is the only one there is: nothing needs a lock of its own.
    public Task<Workspace?> LockWorkspaceAsync(FramelaneDbContext db, WorkspaceId id, CancellationToken cancellationToken) =>
        db.Workspaces.OfIdAsync(id, cancellationToken);

    public Task<Workspace?> TryLockWorkspaceAsync(FramelaneDbContext db, WorkspaceId id, CancellationToken cancellationToken) =>
        LockWorkspaceAsync(db, id, cancellationToken);

    public Task<Delivery?> LockDeliveryAsync(FramelaneDbContext db, WorkspaceId workspaceId, DeliveryId id, CancellationToken cancellationToken) =>
        db.Deliveries.OfIdAsync(workspaceId, id, cancellationToken);

    public Task<IdempotencyRecord?> LockIdempotencyKeyAsync(FramelaneDbContext db, string scope, string key, CancellationToken cancellationToken) =>
        db.IdempotencyKeys.OfKeyAsync(scope, key, cancellationToken);

    public Task<Signup?> LockSignupAsync(FramelaneDbContext db, string address, CancellationToken cancellationToken) =>
        db.Signups.OfAddressAsync(address, cancellationToken);

    public Task<List<MailRecord>> LockDueMailsAsync(FramelaneDbContext db, DateTimeOffset now, int count, CancellationToken cancellationToken) =>
        db.Mails.DueAsync(now, count, cancellationToken);

    public Task<Job?> LockJobAsync(FramelaneDbContext db, JobId id, CancellationToken cancellationToken) => db.Jobs.OfIdAsync(id, cancellationToken);

    public Task<List<Job>> LockDueJobsAsync(FramelaneDbContext db, IReadOnlyCollection<JobId> ids, DateTimeOffset now, CancellationToken cancellationToken) =>
        db.Jobs.DueAsync(ids, now, cancellationToken);

    public Task<Asset?> LockAssetAsync(FramelaneDbContext db, AssetId id, CancellationToken cancellationToken) =>
        db.Assets.OfIdAsync(id, cancellationToken);

    public Task<List<Asset>> LockAssetsAsync(
        FramelaneDbContext db, WorkspaceId workspaceId, IReadOnlyCollection<AssetId> ids, CancellationToken cancellationToken) =>
        db.Assets.OfIdsAsync(workspaceId, ids, cancellationToken);

    public Task<List<Asset>> LockDueAssetsAsync(FramelaneDbContext db, AssetStatus status, DateTimeOffset now, int count, CancellationToken cancellationToken) =>
        db.Assets.DueAsync(status, now, count, cancellationToken);

    public Task<Upload?> LockUploadAsync(FramelaneDbContext db, UploadId id, CancellationToken cancellationToken) =>
        db.Uploads.OfIdAsync(id, cancellationToken);

    public IQueryable<Delivery> OfRecoverIndex(FramelaneDbContext db) => db.Deliveries;

    public Task<int> RecoverAsync(
        FramelaneDbContext db, WebhookId webhookId, DateTimeOffset from, DateTimeOffset until, DateTimeOffset now, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlRawAsync(
            SqliteSql.Recover,
            [webhookId.Value, UnixMicroseconds.From(from), UnixMicroseconds.From(now), UlidTime.OfAttempt(now), UnixMicroseconds.From(until)],
            cancellationToken);

    public Task<List<QueueRow>> ReadQueuesAsync(FramelaneDbContext db, DateTimeOffset now, CancellationToken cancellationToken) =>
        db.Database.SqlQueryRaw<QueueRow>(SqliteSql.Queues, UnixMicroseconds.From(now)).ToListAsync(cancellationToken);

    public Task<DateTimeOffset> ReadClockAsync(FramelaneDbContext db, CancellationToken cancellationToken) => Task.FromResult(time.GetUtcNow());

    public async Task<IAsyncDisposable> LockForSetupAsync(FramelaneDbContext db, CancellationToken cancellationToken)
    {
        try
        {
            return await FileLock.AcquireAsync(connection.DataSource + ".lock", time, cancellationToken);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException(
                $"{DatabaseOptions.ConnectionStringKey}: the folder of '{connection.DataSource}' is not there or cannot be written.", failure);
        }
    }

    public async Task PrepareMigrationAsync(FramelaneDbContext db, CancellationToken cancellationToken)
    {
        await db.Database.OpenConnectionAsync(cancellationToken);
        try
        {
            // By the connection itself: compiling a query of EF's for one value takes a tenth of a second of each start.
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = SqliteSql.JournalMode;
            var mode = (string)(await command.ExecuteScalarAsync(cancellationToken))!;
            if (!mode.Equals("wal", StringComparison.OrdinalIgnoreCase))
                throw new InvalidOperationException($"The database '{connection.DataSource}' cannot use a write-ahead log ({mode}); it must be on a local disk.");

            // EF's own lock is a row, which outlives a process that was killed. Under ours nobody can be holding it.
            command.CommandText = SqliteSql.MigrationLockExists;
            if ((long)(await command.ExecuteScalarAsync(cancellationToken))! == 0)
                return;
            command.CommandText = SqliteSql.ClearMigrationLock;
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    public bool IsDuplicateKey(DbUpdateException exception) =>
        exception.InnerException is SqliteException inner && DuplicateKey.Contains(inner.SqliteExtendedErrorCode);

    public bool IsOutage(Exception exception) => exception is SqliteException fault && Outage.Contains(fault.SqliteErrorCode);
}
