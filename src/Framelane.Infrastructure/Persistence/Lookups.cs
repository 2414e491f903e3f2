using Framelane.Domain.Assets;
using Framelane.Domain.Deliveries;
using Framelane.Domain.Jobs;
using Framelane.Domain.Signups;
using Framelane.Domain.Uploads;
using Framelane.Domain.Workspaces;
using Framelane.Infrastructure.Persistence.Records;
using Microsoft.EntityFrameworkCore;

namespace Framelane.Infrastructure.Persistence;

/// <summary>What providers look up under a lock, where EF can put the condition behind theirs.</summary>
static class Lookups
{
    /// <summary>Ids of one query. Beyond two thousand, SQL Server is sent them as JSON, which does not compare with columns of another collation.</summary>
    public const int MostIds = 500;

    public static Task<Workspace?> OfIdAsync(this IQueryable<Workspace> workspaces, WorkspaceId id, CancellationToken cancellationToken) =>
        workspaces.SingleOrDefaultAsync(workspace => workspace.Id == id, cancellationToken);

    public static Task<Delivery?> OfIdAsync(this IQueryable<Delivery> deliveries, WorkspaceId workspaceId, DeliveryId id, CancellationToken cancellationToken) =>
        deliveries.SingleOrDefaultAsync(delivery => delivery.Id == id && delivery.WorkspaceId == workspaceId, cancellationToken);

    public static Task<Job?> OfIdAsync(this IQueryable<Job> jobs, JobId id, CancellationToken cancellationToken) =>
        jobs.SingleOrDefaultAsync(job => job.Id == id, cancellationToken);

    /// <summary>Jobs that are not terminal.</summary>
    public static IQueryable<Job> Open(this IQueryable<Job> jobs) =>
        jobs.Where(job => job.Status == JobStatus.Ingesting || job.Status == JobStatus.Queued || job.Status == JobStatus.Processing);

    /// <summary>Jobs that a worker may take up.</summary>
    public static IQueryable<Job> Claimable(this IQueryable<Job> jobs, DateTimeOffset now) => jobs.Open().Where(job => job.ClaimableAt <= now);

    public static Task<List<Job>> DueAsync(this IQueryable<Job> jobs, IReadOnlyCollection<JobId> ids, DateTimeOffset now, CancellationToken cancellationToken) =>
        jobs.Claimable(now).Where(job => ids.Contains(job.Id)).ToListAsync(cancellationToken);

    public static Task<Asset?> OfIdAsync(this IQueryable<Asset> assets, AssetId id, CancellationToken cancellationToken) =>
        assets.SingleOrDefaultAsync(asset => asset.Id == id, cancellationToken);

    /// <summary>Those of the workspace that are not deleted. By id, so that nobody who locks some waits for one who waits for him.</summary>
    public static async Task<List<Asset>> OfIdsAsync(
        this IQueryable<Asset> assets, WorkspaceId workspaceId, IReadOnlyCollection<AssetId> ids, CancellationToken cancellationToken)
    {
        List<Asset> found = [];
        foreach (var some in ids.OrderBy(id => id.Value, StringComparer.Ordinal).Chunk(MostIds))
        {
            found.AddRange(await assets
                .Where(asset => asset.WorkspaceId == workspaceId && asset.Status != AssetStatus.Deleted && some.Contains(asset.Id))
                .OrderBy(asset => asset.Id)
                .ToListAsync(cancellationToken));
        }

        return found;
    }

    /// <summary>Assets on which there is work for a worker.</summary>
    public static IQueryable<Asset> WithWork(this IQueryable<Asset> assets) =>
        assets.Where(asset => asset.Status == AssetStatus.Fetching || asset.Status == AssetStatus.Received);

    /// <summary>Those of one kind of it.</summary>
    public static IQueryable<Asset> WithWork(this IQueryable<Asset> assets, AssetStatus status) => assets.WithWork().Where(asset => asset.Status == status);

    /// <summary>Assets that a worker may take up.</summary>
    public static IQueryable<Asset> Claimable(this IQueryable<Asset> assets, AssetStatus status, DateTimeOffset now) =>
        assets.WithWork(status).Where(asset => asset.ClaimableAt <= now);

    public static Task<List<Asset>> DueAsync(this IQueryable<Asset> assets, AssetStatus status, DateTimeOffset now, int count, CancellationToken cancellationToken) =>
        assets.Claimable(status, now).OrderBy(asset => asset.ClaimableAt).Take(count).ToListAsync(cancellationToken);

    public static Task<Upload?> OfIdAsync(this IQueryable<Upload> uploads, UploadId id, CancellationToken cancellationToken) =>
        uploads.SingleOrDefaultAsync(upload => upload.Id == id, cancellationToken);

    public static Task<IdempotencyRecord?> OfKeyAsync(this IQueryable<IdempotencyRecord> records, string scope, string key, CancellationToken cancellationToken) =>
        records.SingleOrDefaultAsync(record => record.Scope == scope && record.Key == key, cancellationToken);

    public static Task<Signup?> OfAddressAsync(this IQueryable<Signup> signups, string address, CancellationToken cancellationToken) =>
        signups.SingleOrDefaultAsync(signup => signup.Address == address, cancellationToken);

    public static Task<List<MailRecord>> DueAsync(this IQueryable<MailRecord> mails, DateTimeOffset now, int count, CancellationToken cancellationToken) =>
        mails.Where(mail => mail.ClaimableAt <= now).OrderBy(mail => mail.ClaimableAt).Take(count).ToListAsync(cancellationToken);
}
