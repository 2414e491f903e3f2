using Framelane.Domain.Assets;
using Framelane.Domain.Deliveries;
using Framelane.Domain.Jobs;
using Framelane.Domain.Signups;
using Framelane.Domain.Uploads;
using Framelane.Domain.Webhooks;
using Framelane.Domain.Workspaces;
using Framelane.Infrastructure.Persistence.Model;
using Framelane.Infrastructure.Persistence.Records;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Npgsql;

namespace Framelane.Infrastructure.Persistence.Postgres;

sealed class PostgresProvider(string connectionString) : IDatabaseProvider
{
    const string Migrations = "Framelane.Migrations.Postgres";

    /// <summary>What is worth another try, beside what the driver counts as such: a deadlock, and a server that goes down.</summary>
    static readonly string[] Transient = ["40P01", "57P01", "57P02", "57P03"];

    /// <summary>
    /// Beginnings of codes: no connection, out of resources, the server stops or starts, its disk; no log-in at the moment, no such database
    /// yet, not the primary at the moment; a conflict that was lost, a lock that did not come, a statement that took too long.
    /// </summary>
    static readonly string[] Outage = ["08", "53", "57P", "58", "28", "3D000", "25006", "40001", "40P01", "55P03", "57014"];

    readonly string session = PostgresSettings.Of(connectionString);
    readonly string timely = PostgresSettings.ForTimely(connectionString);

    /// <summary>For the dispatcher's own connections.</summary>
    public string DispatchConnectionString => PostgresSettings.ForDispatch(connectionString);

    public void Configure(DbContextOptionsBuilder options) => Configure(options, session);

    public void ConfigureTimely(DbContextOptionsBuilder options) => Configure(options, timely);

    static void Configure(DbContextOptionsBuilder options, string connectionString) => options
        .UseNpgsql(connectionString, server => server.MigrationsAssembly(Migrations).EnableRetryOnFailure(Retries.Most, Retries.LongestPause, Transient))
        .UseCompiledModel(Migrations)
        .ReplaceService<IModelCustomizer, PostgresModel>();

    public string AppliedMigrations => PostgresSql.AppliedMigrations;

    public ValueTask<IDisposable> EnterWriteAsync(CancellationToken cancellationToken) => new(NoGate.Turn);

    public async Task<Workspace?> LockWorkspaceAsync(FramelaneDbContext db, WorkspaceId id, CancellationToken cancellationToken)
    {
        await db.Database.ExecuteSqlRawAsync(PostgresSql.LockWorkspace, [id.Value], cancellationToken);
        return await db.Workspaces.OfIdAsync(id, cancellationToken);
    }

    public async Task<Workspace?> TryLockWorkspaceAsync(FramelaneDbContext db, WorkspaceId id, CancellationToken cancellationToken) =>
        await db.Database.SqlQueryRaw<string>(PostgresSql.LockFreeWorkspace, id.Value).ToListAsync(cancellationToken) is [_]
            ? await db.Workspaces.OfIdAsync(id, cancellationToken)
            : null;

    public Task<Delivery?> LockDeliveryAsync(FramelaneDbContext db, WorkspaceId workspaceId, DeliveryId id, CancellationToken cancellationToken) =>
        db.Deliveries.FromSqlRaw(PostgresSql.LockDelivery, workspaceId.Value, id.Value).SingleOrDefaultAsync(cancellationToken);

    /// <remarks>
    /// READ COMMITTED has no lock on what is not there, so first comes one on the key's name. It has to be a statement of its own: the next
    /// one then sees what its former holder committed. The row is locked too, for its request writes its answer without that lock.
    /// </remarks>
    public async Task<IdempotencyRecord?> LockIdempotencyKeyAsync(FramelaneDbContext db, string scope, string key, CancellationToken cancellationToken)
    {
        await db.Database.ExecuteSqlRawAsync(PostgresSql.LockAbsentKey, [scope, key], cancellationToken);
        return await db.IdempotencyKeys.FromSqlRaw(PostgresSql.LockIdempotencyKey, scope, key).SingleOrDefaultAsync(cancellationToken);
    }

    public async Task<Signup?> LockSignupAsync(FramelaneDbContext db, string address, CancellationToken cancellationToken)
    {
        await db.Database.ExecuteSqlRawAsync(PostgresSql.LockAbsentKey, ["signup", address], cancellationToken);
        return await db.Signups.FromSqlRaw(PostgresSql.LockSignup, address).SingleOrDefaultAsync(cancellationToken);
    }

    public Task<List<MailRecord>> LockDueMailsAsync(FramelaneDbContext db, DateTimeOffset now, int count, CancellationToken cancellationToken) =>
        db.Mails.FromSqlRaw(PostgresSql.LockDueMails, UnixMicroseconds.From(now), count).ToListAsync(cancellationToken);

    public Task<Job?> LockJobAsync(FramelaneDbContext db, JobId id, CancellationToken cancellationToken) =>
        db.Jobs.FromSqlRaw(PostgresSql.LockJob, id.Value).SingleOrDefaultAsync(cancellationToken);

    public Task<List<Job>> LockDueJobsAsync(FramelaneDbContext db, IReadOnlyCollection<JobId> ids, DateTimeOffset now, CancellationToken cancellationToken) =>
        db.Jobs.FromSqlRaw(PostgresSql.LockDueJobs, UnixMicroseconds.From(now), ids.Select(id => id.Value).ToArray()).ToListAsync(cancellationToken);

    public Task<Asset?> LockAssetAsync(FramelaneDbContext db, AssetId id, CancellationToken cancellationToken) =>
        db.Assets.FromSqlRaw(PostgresSql.LockAsset, id.Value).SingleOrDefaultAsync(cancellationToken);

    public Task<List<Asset>> LockAssetsAsync(
        FramelaneDbContext db, WorkspaceId workspaceId, IReadOnlyCollection<AssetId> ids, CancellationToken cancellationToken) =>
        db.Assets.FromSqlRaw(PostgresSql.LockAssets, workspaceId.Value, ids.Select(id => id.Value).ToArray()).ToListAsync(cancellationToken);

    public Task<List<Asset>> LockDueAssetsAsync(FramelaneDbContext db, AssetStatus status, DateTimeOffset now, int count, CancellationToken cancellationToken) =>
        db.Assets.FromSqlRaw(PostgresSql.LockDueAssets, UnixMicroseconds.From(now), count, (int)status).ToListAsync(cancellationToken);

    public Task<Upload?> LockUploadAsync(FramelaneDbContext db, UploadId id, CancellationToken cancellationToken) =>
        db.Uploads.FromSqlRaw(PostgresSql.LockUpload, id.Value).SingleOrDefaultAsync(cancellationToken);

    public IQueryable<Delivery> OfRecoverIndex(FramelaneDbContext db) => db.Deliveries
        .Where(delivery => delivery.State == DeliveryState.Pending || delivery.State == DeliveryState.DeadLettered || delivery.State == DeliveryState.EndpointDisabled);

    public Task<int> RecoverAsync(
        FramelaneDbContext db, WebhookId webhookId, DateTimeOffset from, DateTimeOffset until, DateTimeOffset now, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlRawAsync(
            PostgresSql.Recover,
            [webhookId.Value, UnixMicroseconds.From(from), UnixMicroseconds.From(now), UlidTime.OfAttempt(now), UnixMicroseconds.From(until)],
            cancellationToken);

    public Task<List<QueueRow>> ReadQueuesAsync(FramelaneDbContext db, DateTimeOffset now, CancellationToken cancellationToken) =>
        db.Database.SqlQueryRaw<QueueRow>(PostgresSql.Queues, UnixMicroseconds.From(now)).ToListAsync(cancellationToken);

    public async Task<DateTimeOffset> ReadClockAsync(FramelaneDbContext db, CancellationToken cancellationToken) =>
        UnixMicroseconds.ToMoment(await db.Database.SqlQueryRaw<long>(PostgresSql.Clock).SingleAsync(cancellationToken));

    public Task<IAsyncDisposable> LockForSetupAsync(FramelaneDbContext db, CancellationToken cancellationToken) =>
        PostgresSetupLock.AcquireAsync(db, connectionString, cancellationToken);

    /// <exception cref="InvalidOperationException">The server would forget what it has confirmed.</exception>
    public async Task PrepareMigrationAsync(FramelaneDbContext db, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(session);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(PostgresSql.Durability, connection);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        await row.ReadAsync(cancellationToken);
        var (commit, sync) = (row.GetString(0), row.GetString(1));
        if (commit == "off" || sync == "off")
            throw new InvalidOperationException($"The database confirms what is not on its disk yet (synchronous_commit is {commit}, fsync is {sync}); neither may be off.");
    }

    public bool IsDuplicateKey(DbUpdateException exception) => exception.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };

    public bool IsOutage(Exception exception) => exception is PostgresException fault
        ? Outage.Any(code => fault.SqlState.StartsWith(code, StringComparison.Ordinal))
        : exception is NpgsqlException { IsTransient: true };
}
