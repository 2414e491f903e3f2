using System.Data.Common;
using Framelane.Domain.Deliveries;
using Framelane.Domain.Webhooks;
using Framelane.Domain.Workspaces;
using Framelane.Infrastructure.Persistence.Records;
using Microsoft.EntityFrameworkCore;

namespace Framelane.Infrastructure.Persistence;

/// <summary>What differs between databases, and the only door to SQL that is written by hand.</summary>
interface IDatabaseProvider
{
    /// <summary>Whether processes on other machines may use the same database.</summary>
    bool IsShared { get; }

    void Configure(DbContextOptionsBuilder options);

    /// <summary>Waits until this process may begin a write transaction. Held until the transaction has ended.</summary>
    ValueTask<IDisposable> EnterWriteAsync(CancellationToken cancellationToken);

    /// <summary>Workspaces, each locked until the transaction ends as it is read.</summary>
    IQueryable<Workspace> LockedWorkspaces(FramelaneDbContext db);

    /// <summary>Deliveries, each locked until the transaction ends as it is read.</summary>
    IQueryable<Delivery> LockedDeliveries(FramelaneDbContext db);

    /// <summary>Idempotency keys, locked as they are read, the absent ones too: nobody else can insert what was looked for.</summary>
    IQueryable<IdempotencyRecord> LockedIdempotencyKeys(FramelaneDbContext db);

    /// <summary>Mails that no other transaction has locked, each locked as it is read.</summary>
    IQueryable<MailRecord> LockedMails(FramelaneDbContext db);

    /// <summary>As <see cref="Delivery.Redeliver"/>, for all deliveries of a webhook since then that did not succeed, pings excepted.</summary>
    /// <returns>How many.</returns>
    Task<int> RecoverAsync(FramelaneDbContext db, WebhookId webhookId, DateTimeOffset since, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>The clock that all nodes go by.</summary>
    Task<DateTimeOffset> ReadClockAsync(FramelaneDbContext db, CancellationToken cancellationToken);

    /// <summary>The lock under which one process at a time prepares the database; makes the database where there is none.</summary>
    Task<IAsyncDisposable> LockForSetupAsync(FramelaneDbContext db, CancellationToken cancellationToken);

    /// <summary>What has to be put right before migrations run. Called under the setup lock.</summary>
    Task PrepareMigrationAsync(FramelaneDbContext db, CancellationToken cancellationToken);

    bool IsDuplicateKey(DbUpdateException exception);

    /// <summary>Whether the database did not answer, or could not at the moment: busy, unreachable, out of space. No bug of ours.</summary>
    bool IsOutage(DbException exception);
}
