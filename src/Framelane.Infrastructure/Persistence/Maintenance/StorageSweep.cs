using Framelane.Application.Abstractions;
using Framelane.Application.Uploads;
using Framelane.Domain.Assets;
using Framelane.Domain.Jobs;
using Framelane.Domain.Uploads;
using Framelane.Infrastructure.Assets;
using Framelane.Infrastructure.Configuration;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Framelane.Infrastructure.Persistence.Maintenance;

/// <summary>Ends all uploads that did not come, and removes all files that are deleted or past their time, each in a transaction of its own.</summary>
/// <remarks>A file goes before the row that tells of it: a process that dies in between leaves what the next sweep ends.</remarks>
sealed class StorageSweep(
    IDbContextFactory<FramelaneDbContext> contexts,
    DatabaseWriter writer,
    IDatabaseProvider provider,
    IDraftStorage drafts,
    IObjectStorage storage,
    IJobSignal workers,
    IOutages outages,
    IOptions<StorageOptions> options,
    TimeProvider time,
    ILogger<StorageSweep> logger) : ISweep
{
    public const int BatchSize = 200;

    static readonly AssetError NeverCame = new(MediaErrorCodes.SourceNotFound, "The file was not uploaded in time.");

    readonly Refused<UploadId> refusedUploads = new(time);

    readonly Refused<AssetId> refusedAssets = new(time);

    readonly Refused<JobId> refusedOutputs = new(time);

    /// <remarks>Jobs wait for uploads, and fail when these end.</remarks>
    public TimeSpan Interval => TimeSpan.FromMinutes(1);

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        for (var total = 0; ;)
        {
            var (uploads, assets, outputs) = (refusedUploads.All(), refusedAssets.All(), refusedOutputs.All());
            var now = time.GetUtcNow();
            Batch[] batches =
            [
                await EndAsync(
                    "upload", Uploads(db, now).Where(upload => !uploads.Contains(upload.Id)).Select(upload => upload.Id), id => id, refusedUploads,
                    id => EndUploadAsync(db, id, cancellationToken), cancellationToken),
                await EndAsync(
                    "asset", Assets(db, now).Where(asset => !assets.Contains(asset.Id)).Select(asset => asset.Id), id => id, refusedAssets,
                    id => RemoveAssetAsync(db, id, cancellationToken), cancellationToken),
                await EndAsync(
                    "output", Outputs(db, now - options.Value.OutputRetention).Where(job => !outputs.Contains(job.Id)).AsNoTracking(), job => job.Id, refusedOutputs,
                    job => RemoveOutputAsync(db, job, cancellationToken), cancellationToken),
            ];
            total += batches.Sum(batch => batch.Gone);
            if (!batches.Any(batch => batch.IsFollowed))
                return total;
        }
    }

    /// <summary>Ends a batch of what is due.</summary>
    async Task<Batch> EndAsync<TRow, TId>(
        string what, IQueryable<TRow> due, Func<TRow, TId> idOf, Refused<TId> refused, Func<TRow, Task<int>> end, CancellationToken cancellationToken)
        where TId : notnull
    {
        var rows = await due.Take(BatchSize).ToListAsync(cancellationToken);
        var (gone, known) = (0, refused.Count);
        foreach (var row in rows)
            gone += await OneByOne.TryAsync(outages, logger, what, idOf(row)!, () => end(row), () => refused.AddAsync(idOf(row)), cancellationToken);
        return new(gone, rows.Count == BatchSize && (gone > 0 || refused.Count > known));
    }

    internal static IQueryable<Upload> Uploads(FramelaneDbContext db, DateTimeOffset now) =>
        db.Uploads.Where(upload => upload.ExpiresAt <= now && upload.WriterUntil <= now).OrderBy(upload => upload.ExpiresAt);

    internal static IQueryable<Asset> Assets(FramelaneDbContext db, DateTimeOffset now) => db.Assets
        .Where(asset => asset.ExpiresAt <= now
            && (asset.Status == AssetStatus.Deleted
                || ((asset.Status == AssetStatus.Ready || asset.Status == AssetStatus.Failed)
                    && !db.JobSources.Any(source => source.AssetId == asset.Id && db.Jobs.Open().Any(job => job.Id == source.JobId)))))
        .OrderBy(asset => asset.ExpiresAt);

    internal static IQueryable<Job> Outputs(FramelaneDbContext db, DateTimeOffset old) =>
        db.Jobs.Where(job => job.Output != null && job.OutputRemovedAt == null && job.CompletedAt < old).OrderBy(job => job.CompletedAt);

    async Task<int> EndUploadAsync(FramelaneDbContext db, UploadId id, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var ended = await writer.ExecuteAsync<Upload?>(
            db,
            async token =>
            {
                if (await provider.LockUploadAsync(db, id, token) is not { } upload || upload.HasWriter(now))
                    return (null, false);
                if (!upload.IsComplete && await provider.LockAssetAsync(db, upload.AssetId, token) is { Status: AssetStatus.Awaited } asset)
                {
                    asset.Fail(NeverCame);
                    await db.TellWaitingJobsAsync(asset.Id, now, token);
                }

                return (upload, true);
            },
            cancellationToken);
        if (ended is null)
            return 0;

        var target = UploadTarget.Of(ended);
        await drafts.AbortAsync(target, ended.Draft, cancellationToken);
        if (!ended.IsComplete)
        {
            // Its writer may have died, or run out of time, when it had it in place already.
            await storage.DeleteAsync(target.Key, cancellationToken);
            workers.Wake();
        }

        return await writer.ExecuteAsync(token => db.Uploads.Where(upload => upload.Id == id).ExecuteDeleteAsync(token), cancellationToken);
    }

    async Task<int> RemoveAssetAsync(FramelaneDbContext db, AssetId id, CancellationToken cancellationToken)
    {
        var removed = await writer.ExecuteAsync<Asset?>(
            db,
            async token =>
            {
                if (await provider.LockAssetAsync(db, id, token) is not { } asset)
                    return (null, false);
                if (asset.Status == AssetStatus.Deleted)
                    return (asset, false);
                var used = await db.JobSources.AnyAsync(source => source.AssetId == id && db.Jobs.Open().Any(job => job.Id == source.JobId), token);
                if (used)
                    return (null, false);
                asset.Delete(time.GetUtcNow());
                return (asset, true);
            },
            cancellationToken);
        if (removed is null)
            return 0;
        foreach (var key in KeysOf(removed))
            await storage.DeleteAsync(key, cancellationToken);
        await writer.ExecuteAsync(token => db.AssetFonts.Where(font => font.AssetId == id).ExecuteDeleteAsync(token), cancellationToken);
        return await writer.ExecuteAsync(
            token => db.Assets.Where(asset => asset.Id == id && asset.Status == AssetStatus.Deleted).ExecuteDeleteAsync(token), cancellationToken);
    }

    /// <remarks>A worker that fetched it may have died when it had put its file, and not said so.</remarks>
    static IEnumerable<string> KeysOf(Asset asset) =>
        (asset.Key is { } key ? new[] { key } : []).Concat(asset.FetchUrl is null ? [] : AssetFiles.KeysOf(asset.WorkspaceId, asset.Id, asset.Fence)).Distinct();

    async Task<int> RemoveOutputAsync(FramelaneDbContext db, Job job, CancellationToken cancellationToken)
    {
        await storage.DeleteAsync(job.Output!.Key, cancellationToken);
        return await writer.ExecuteAsync(
            db,
            async token =>
            {
                (await provider.LockJobAsync(db, job.Id, token))?.RemoveOutput(time.GetUtcNow());
                return (1, true);
            },
            cancellationToken);
    }

    /// <param name="Gone">Rows.</param>
    /// <param name="IsFollowed">Whether another may find what this one did not: it was full, and not all of it is there as it was.</param>
    readonly record struct Batch(int Gone, bool IsFollowed);
}
