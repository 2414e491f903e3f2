using System.Data;
using System.Security.Cryptography;
using System.Text;
using Framelane.Domain.Assets;
using Framelane.Domain.Deliveries;
using Framelane.Domain.Jobs;
using Framelane.Domain.Signups;
using Framelane.Domain.Uploads;
using Framelane.Domain.Webhooks;
using Framelane.Domain.Workspaces;
using Framelane.Infrastructure.Persistence.Model;
using Framelane.Infrastructure.Persistence.Records;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Framelane.Infrastructure.Persistence.SqlServer;

sealed class SqlServerProvider(string connectionString) : IDatabaseProvider
{
    const string Migrations = "Framelane.Migrations.SqlServer";

    /// <summary>The most connections of those who have a pool of their own, which requests cannot use up.</summary>
    const int OwnPool = 8;

    /// <summary>Violation of a primary key, and of a unique index.</summary>
    static readonly int[] DuplicateKey = [2627, 2601];

    /// <summary>From this class on the server ends the connection.</summary>
    const byte FatalClass = 20;

    /// <summary>
    /// Time out, deadlock, a name that stays locked, no such database yet, no log-in at the moment, out of resources; not the primary at the moment, a database that is being
    /// recovered, restored or brought up, a server that shuts down or is paused.
    /// </summary>
    static readonly int[] Outage =
    [
        -2, 1205, 4060, 18456, 701, 1105, 9002, 10928, 10929, 40197, 40501, 40613,
        976, 978, 983, 3906, 922, 927, 945, 6005, 17142, SqlServerSql.NameIsLocked,
    ];

    static readonly string Driver = typeof(SqlConnection).Assembly.GetName().Name!;

    readonly string timely = WithOwnPool(connectionString, "framelane-timely");

    /// <summary>For the dispatcher's own connections.</summary>
    public string DispatchConnectionString { get; } = WithOwnPool(connectionString, "framelane-dispatch");

    public void Configure(DbContextOptionsBuilder options) => Configure(options, connectionString);

    public void ConfigureTimely(DbContextOptionsBuilder options) => Configure(options, timely);

    static void Configure(DbContextOptionsBuilder options, string connectionString) => options
        .UseSqlServer(connectionString, server => server.MigrationsAssembly(Migrations).EnableRetryOnFailure(Retries.Most, Retries.LongestPause, null))
        .UseCompiledModel(Migrations)
        .ReplaceService<IModelCustomizer, SqlServerModel>()
        .ReplaceService<IMigrationsSqlGenerator, SqlServerTables>();

    public string AppliedMigrations => SqlServerSql.AppliedMigrations;

    public ValueTask<IDisposable> EnterWriteAsync(CancellationToken cancellationToken) => new(NoGate.Turn);

    public static IQueryable<Delivery> LockedDeliveries(FramelaneDbContext db) => db.Deliveries.FromSqlRaw(SqlServerSql.LockedDeliveries);

    public static IQueryable<IdempotencyRecord> LockedIdempotencyKeys(FramelaneDbContext db) =>
        db.IdempotencyKeys.FromSqlRaw(SqlServerSql.LockedIdempotencyKeys);

    public static IQueryable<Signup> LockedSignups(FramelaneDbContext db) => db.Signups.FromSqlRaw(SqlServerSql.LockedSignups);

    public static IQueryable<Job> LockedJobs(FramelaneDbContext db) => db.Jobs.FromSqlRaw(SqlServerSql.LockedJobs);

    public static IQueryable<Job> LockedDueJobs(FramelaneDbContext db) => db.Jobs.FromSqlRaw(SqlServerSql.LockedDueJobs);

    public static IQueryable<Asset> LockedAssets(FramelaneDbContext db) => db.Assets.FromSqlRaw(SqlServerSql.LockedAssets);

    public static IQueryable<Asset> LockedDueAssets(FramelaneDbContext db) => db.Assets.FromSqlRaw(SqlServerSql.LockedDueAssets);

    public static IQueryable<Upload> LockedUploads(FramelaneDbContext db) => db.Uploads.FromSqlRaw(SqlServerSql.LockedUploads);

    public static IQueryable<MailRecord> LockedMails(FramelaneDbContext db) => db.Mails.FromSqlRaw(SqlServerSql.LockedMails);

    public async Task<Workspace?> LockWorkspaceAsync(FramelaneDbContext db, WorkspaceId id, CancellationToken cancellationToken)
    {
        await db.Database.ExecuteSqlRawAsync(SqlServerSql.LockWorkspace, [Text("@id", id.Value)], cancellationToken);
        return await db.Workspaces.OfIdAsync(id, cancellationToken);
    }

    public async Task<Workspace?> TryLockWorkspaceAsync(FramelaneDbContext db, WorkspaceId id, CancellationToken cancellationToken) =>
        await db.Database.SqlQueryRaw<string>(SqlServerSql.LockFreeWorkspace, Text("@id", id.Value)).ToListAsync(cancellationToken) is [_]
            ? await db.Workspaces.OfIdAsync(id, cancellationToken)
            : null;

    public Task<Delivery?> LockDeliveryAsync(FramelaneDbContext db, WorkspaceId workspaceId, DeliveryId id, CancellationToken cancellationToken) =>
        LockedDeliveries(db).OfIdAsync(workspaceId, id, cancellationToken);

    public async Task<IdempotencyRecord?> LockIdempotencyKeyAsync(FramelaneDbContext db, string scope, string key, CancellationToken cancellationToken)
    {
        await LockNameAsync(db, scope, key, cancellationToken);
        return await LockedIdempotencyKeys(db).OfKeyAsync(scope, key, cancellationToken);
    }

    public async Task<Signup?> LockSignupAsync(FramelaneDbContext db, string address, CancellationToken cancellationToken)
    {
        await LockNameAsync(db, "signup", address, cancellationToken);
        return await LockedSignups(db).OfAddressAsync(address, cancellationToken);
    }

    public Task<List<MailRecord>> LockDueMailsAsync(FramelaneDbContext db, DateTimeOffset now, int count, CancellationToken cancellationToken) =>
        LockedMails(db).DueAsync(now, count, cancellationToken);

    public Task<Job?> LockJobAsync(FramelaneDbContext db, JobId id, CancellationToken cancellationToken) =>
        LockedJobs(db).OfIdAsync(id, cancellationToken);

    public Task<List<Job>> LockDueJobsAsync(FramelaneDbContext db, IReadOnlyCollection<JobId> ids, DateTimeOffset now, CancellationToken cancellationToken) =>
        LockedDueJobs(db).DueAsync(ids, now, cancellationToken);

    public Task<Asset?> LockAssetAsync(FramelaneDbContext db, AssetId id, CancellationToken cancellationToken) =>
        LockedAssets(db).OfIdAsync(id, cancellationToken);

    public Task<List<Asset>> LockAssetsAsync(
        FramelaneDbContext db, WorkspaceId workspaceId, IReadOnlyCollection<AssetId> ids, CancellationToken cancellationToken) =>
        LockedAssets(db).OfIdsAsync(workspaceId, ids, cancellationToken);

    public Task<List<Asset>> LockDueAssetsAsync(FramelaneDbContext db, AssetStatus status, DateTimeOffset now, int count, CancellationToken cancellationToken) =>
        LockedDueAssets(db).DueAsync(status, now, count, cancellationToken);

    public Task<Upload?> LockUploadAsync(FramelaneDbContext db, UploadId id, CancellationToken cancellationToken) =>
        LockedUploads(db).OfIdAsync(id, cancellationToken);

    public IQueryable<Delivery> OfRecoverIndex(FramelaneDbContext db) => db.Deliveries;

    public Task<int> RecoverAsync(
        FramelaneDbContext db, WebhookId webhookId, DateTimeOffset from, DateTimeOffset until, DateTimeOffset now, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlRawAsync(
            SqlServerSql.Recover,
            [
                Text("@webhook", webhookId.Value),
                new SqlParameter("@from", UnixMicroseconds.From(from)),
                new SqlParameter("@until", UnixMicroseconds.From(until)),
                new SqlParameter("@now", UnixMicroseconds.From(now)),
                Text("@start", UlidTime.OfAttempt(now)),
            ],
            cancellationToken);

    public Task<List<QueueRow>> ReadQueuesAsync(FramelaneDbContext db, DateTimeOffset now, CancellationToken cancellationToken) =>
        db.Database.SqlQueryRaw<QueueRow>(SqlServerSql.Queues, new SqlParameter("@now", UnixMicroseconds.From(now))).ToListAsync(cancellationToken);

    public async Task<DateTimeOffset> ReadClockAsync(FramelaneDbContext db, CancellationToken cancellationToken) =>
        UnixMicroseconds.ToMoment(await db.Database.SqlQueryRaw<long>(SqlServerSql.Clock).SingleAsync(cancellationToken));

    public Task<IAsyncDisposable> LockForSetupAsync(FramelaneDbContext db, CancellationToken cancellationToken) =>
        SqlServerSetupLock.AcquireAsync(db, connectionString, cancellationToken);

    /// <exception cref="InvalidOperationException">The database is set to what the program cannot work with.</exception>
    public async Task PrepareMigrationAsync(FramelaneDbContext db, CancellationToken cancellationToken)
    {
        await using var connection = new SqlConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = new SqlCommand(SqlServerSql.DatabaseOptions, connection);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        await row.ReadAsync(cancellationToken);
        if (SqlServerDatabaseOptions.FaultOf(row.GetInt32(0), row.GetInt32(1), row.GetInt32(2)) is { } fault)
            throw new InvalidOperationException(fault);
    }

    public bool IsDuplicateKey(DbUpdateException exception) =>
        exception.InnerException is SqlException inner && DuplicateKey.Contains(inner.Number);

    /// <remarks>
    /// Of its connections the driver tells by a mere InvalidOperationException: that none came free in the pool in time, and that the one in use is gone.
    /// </remarks>
    public bool IsOutage(Exception exception) => exception is SqlException fault
        ? fault.Errors.Cast<SqlError>().Any(error => error.Class >= FatalClass || Outage.Contains(error.Number))
        : exception.GetType() == typeof(InvalidOperationException) && exception.Source == Driver;

    /// <remarks>Hashed, for a name of the server's has 255 characters at most.</remarks>
    static async Task LockNameAsync(FramelaneDbContext db, string scope, string key, CancellationToken cancellationToken)
    {
        var name = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{scope}\n{key}")));
        await db.Database.ExecuteSqlRawAsync(SqlServerSql.LockName, [new SqlParameter("@name", SqlDbType.NVarChar, 255) { Value = name }], cancellationToken);
    }

    /// <remarks>The driver has a pool for each connection string.</remarks>
    static string WithOwnPool(string connectionString, string name) =>
        new SqlConnectionStringBuilder(connectionString) { ApplicationName = name, MaxPoolSize = OwnPool, MinPoolSize = 0 }.ConnectionString;

    // As the columns are: text of the other kind would be converted row by row.
    static SqlParameter Text(string name, string value) => new(name, SqlDbType.VarChar, IdConverters.MaxLength) { Value = value };
}
