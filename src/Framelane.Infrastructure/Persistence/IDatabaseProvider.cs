using Framelane.Domain.Assets;
using Framelane.Domain.Deliveries;
using Framelane.Domain.Jobs;
using Framelane.Domain.Signups;
using Framelane.Domain.Uploads;
using Framelane.Domain.Webhooks;
using Framelane.Domain.Workspaces;
using Framelane.Infrastructure.Persistence.Records;
using Microsoft.EntityFrameworkCore;

namespace Framelane.Infrastructure.Persistence;

/// <summary>What differs between databases, and the only door to SQL that is written by hand.</summary>
interface IDatabaseProvider
{
    void Configure(DbContextOptionsBuilder options);

    /// <summary>The same, on a few connections that nothing else uses (<see cref="TimelyContexts"/>).</summary>
    void ConfigureTimely(DbContextOptionsBuilder options);

    /// <summary>The query for the ids of the migrations that the database has had; fails where it has had none.</summary>
    string AppliedMigrations { get; }

    /// <summary>Waits until this process may begin a write transaction. Held until the transaction has ended.</summary>
    ValueTask<IDisposable> EnterWriteAsync(CancellationToken cancellationToken);

    /// <summary>The workspace as it is now, locked until the transaction ends.</summary>
    Task<Workspace?> LockWorkspaceAsync(FramelaneDbContext db, WorkspaceId id, CancellationToken cancellationToken);

    /// <summary>The same, unless somebody else has it locked: then null at once, as where it is not there.</summary>
    Task<Workspace?> TryLockWorkspaceAsync(FramelaneDbContext db, WorkspaceId id, CancellationToken cancellationToken);

    /// <summary>The workspace's delivery as it is now, locked until the transaction ends.</summary>
    Task<Delivery?> LockDeliveryAsync(FramelaneDbContext db, WorkspaceId workspaceId, DeliveryId id, CancellationToken cancellationToken);

    /// <summary>The idempotency key, locked until the transaction ends even where it is absent: nobody else can insert what was looked for.</summary>
    Task<IdempotencyRecord?> LockIdempotencyKeyAsync(FramelaneDbContext db, string scope, string key, CancellationToken cancellationToken);

    /// <summary>What is under way for the address, locked until the transaction ends even where it is absent, as <see cref="LockIdempotencyKeyAsync"/> does.</summary>
    Task<Signup?> LockSignupAsync(FramelaneDbContext db, string address, CancellationToken cancellationToken);

    /// <summary>The mails that have been due for longest and that no other transaction has locked, locked until this one ends.</summary>
    Task<List<MailRecord>> LockDueMailsAsync(FramelaneDbContext db, DateTimeOffset now, int count, CancellationToken cancellationToken);

    /// <summary>The job as it is now, locked until the transaction ends.</summary>
    Task<Job?> LockJobAsync(FramelaneDbContext db, JobId id, CancellationToken cancellationToken);

    /// <summary>Those of the jobs that are claimable and that no other transaction has locked, as they are now, locked until this one ends.</summary>
    Task<List<Job>> LockDueJobsAsync(FramelaneDbContext db, IReadOnlyCollection<JobId> ids, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>The asset as it is now, locked until the transaction ends.</summary>
    Task<Asset?> LockAssetAsync(FramelaneDbContext db, AssetId id, CancellationToken cancellationToken);

    /// <summary>Those of the assets that are the workspace's and not deleted, as they are now, locked until the transaction ends.</summary>
    Task<List<Asset>> LockAssetsAsync(FramelaneDbContext db, WorkspaceId workspaceId, IReadOnlyCollection<AssetId> ids, CancellationToken cancellationToken);

    /// <summary>The assets that have been claimable for longest and that no other transaction has locked, locked until this one ends.</summary>
    Task<List<Asset>> LockDueAssetsAsync(FramelaneDbContext db, AssetStatus status, DateTimeOffset now, int count, CancellationToken cancellationToken);

    /// <summary>The upload as it is now, locked until the transaction ends.</summary>
    Task<Upload?> LockUploadAsync(FramelaneDbContext db, UploadId id, CancellationToken cancellationToken);

    /// <summary>All deliveries that its index of those to recover knows: each that can be recovered is among them.</summary>
    IQueryable<Delivery> OfRecoverIndex(FramelaneDbContext db);

    /// <summary>As <see cref="Delivery.Redeliver"/>, for all deliveries of a webhook made from then until just before then that did not succeed, pings excepted.</summary>
    /// <returns>How many.</returns>
    Task<int> RecoverAsync(FramelaneDbContext db, WebhookId webhookId, DateTimeOffset from, DateTimeOffset until, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>
    /// How many deliveries are due, and since when the oldest is: from indexes alone, however many there are. How many mails and reports of minutes
    /// wait, due or put off: of those there are few.
    /// </summary>
    Task<List<QueueRow>> ReadQueuesAsync(FramelaneDbContext db, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>The clock that all nodes go by.</summary>
    Task<DateTimeOffset> ReadClockAsync(FramelaneDbContext db, CancellationToken cancellationToken);

    /// <summary>The lock under which one process at a time prepares the database; makes the database where there is none.</summary>
    Task<IAsyncDisposable> LockForSetupAsync(FramelaneDbContext db, CancellationToken cancellationToken);

    /// <summary>What has to be put right before migrations run. Called under the setup lock.</summary>
    Task PrepareMigrationAsync(FramelaneDbContext db, CancellationToken cancellationToken);

    bool IsDuplicateKey(DbUpdateException exception);

    /// <summary>Whether the database did not answer, or could not at the moment: busy, unreachable, out of space. No bug of ours.</summary>
    bool IsOutage(Exception exception);
}
