using Framelane.Application.Abstractions;
using Framelane.Application.Common;
using Framelane.Application.Uploads;
using Framelane.Domain.Audit;
using Framelane.Domain.Jobs;
using Framelane.Domain.Workspaces;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using EventId = Framelane.Domain.Events.EventId;

namespace Framelane.Infrastructure.Persistence.Maintenance;

/// <summary>Erases what deleted workspaces have: rows and files, in batches. The line of the audit log that says that they were deleted stays.</summary>
/// <remarks>
/// All of it goes at once, and once more when nothing that had begun before can be at work any more: a worker may put a file there, or a
/// request write a row, that did not see the deletion. Only then goes the workspace itself, so a process that dies in between leaves what the next one ends.
/// </remarks>
sealed class WorkspaceErasure(
    IDbContextFactory<FramelaneDbContext> contexts,
    DatabaseWriter writer,
    IObjectStorage storage,
    IDraftStorage drafts,
    CustomerErasure customers,
    IOptions<MediaOptions> options,
    TimeProvider time,
    ILogger<WorkspaceErasure> logger) : ISweep
{
    /// <summary>Events that are looked at in one statement.</summary>
    const int EventsAtOnce = 5_000;

    /// <summary>An upload's part ends within an hour, as a run does within its time; clocks, and the end itself, need a little more.</summary>
    static readonly TimeSpan LongestRequest = TimeSpan.FromHours(1), Margin = TimeSpan.FromMinutes(5);

    /// <summary>Workspaces. One with a million files keeps a place for long, and leaves the others theirs.</summary>
    const int AtOnce = 4;

    static readonly TimeSpan AfterFailure = TimeSpan.FromMinutes(1);

    public TimeSpan Interval => TimeSpan.FromSeconds(5);

    /// <remarks>While one is erased, which may take hours, those that come to be due are begun too.</remarks>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var gone = 0;
        var waiting = new Queue<Due>();
        var running = new Dictionary<WorkspaceId, Task<int>>();
        try
        {
            while (true)
            {
                foreach (var workspace in await NewlyDueAsync([.. waiting.Select(due => due.Workspace.Id), .. running.Keys], cancellationToken))
                    waiting.Enqueue(new(workspace, await customers.EndAsync(workspace, cancellationToken)));
                while (running.Count < AtOnce && waiting.TryDequeue(out var next))
                    running.Add(next.Workspace.Id, TryEraseAsync(next, cancellationToken));
                if (running.Count == 0)
                    return gone;
                await ((Task)Task.WhenAny(running.Values)).WaitAsync(Interval, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                foreach (var (id, ended) in running.Where(erasure => erasure.Value.IsCompleted).ToArray())
                {
                    running.Remove(id);
                    gone += await ended;
                }
            }
        }
        finally
        {
            await ((Task)Task.WhenAll(running.Values)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    async Task<IReadOnlyList<Workspace>> NewlyDueAsync(IReadOnlyCollection<WorkspaceId> begun, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();
        var due = await db.Workspaces.AsNoTracking().Where(workspace => workspace.EraseAt <= now).OrderBy(workspace => workspace.EraseAt).ToListAsync(cancellationToken);
        return [.. due.ExceptBy(begun, workspace => workspace.Id)];
    }

    async Task<int> TryEraseAsync(Due due, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var id = due.Workspace.Id;
        try
        {
            return await EraseAsync(db, due, cancellationToken);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            // Storage is away, perhaps. What was erased stays so, and others do not wait for it.
            logger.LogWarning(failure, "The deleted workspace {Workspace} could not be erased; tried again in {Pause}.", id, AfterFailure);
            await PutOffAsync(db, id, time.GetUtcNow() + AfterFailure, cancellationToken);
            return 0;
        }
    }

    async Task<int> EraseAsync(FramelaneDbContext db, Due due, CancellationToken cancellationToken)
    {
        // Read before it begins: what began before then and goes on has ended by the time of the last pass.
        var workspace = due.Workspace;
        var settled = workspace.DeletedAt!.Value + Later(options.Value.MaxJobDuration, LongestRequest) + Margin;
        var isLast = time.GetUtcNow() >= settled;
        var id = workspace.Id;
        await StopAsync(db, id, cancellationToken);
        await AbortUploadsAsync(db, id, cancellationToken);
        await storage.DeleteFolderAsync(id.Value, cancellationToken);

        // Of uploads that went on meanwhile, and whose rows go with the others.
        await drafts.AbortFolderAsync(id.Value, cancellationToken);
        var gone = await EraseEventsAsync(db, workspace, cancellationToken) + await EraseRowsAsync(db, id, cancellationToken);
        if (due.Pause is { } pause)
        {
            await PutOffAsync(db, id, time.GetUtcNow() + pause, cancellationToken);
            return gone;
        }

        gone += await customers.ForgetAsync(db, workspace, cancellationToken);
        gone += await writer.ExecuteAsync(
            token =>
            {
                var row = db.Workspaces.Where(each => each.Id == id);
                return isLast ? row.ExecuteDeleteAsync(token) : row.ExecuteUpdateAsync(each => each.SetProperty(found => found.EraseAt, settled), token);
            },
            cancellationToken);
        if (isLast)
            logger.LogInformation("The deleted workspace {Workspace} is erased.", id);
        return gone;
    }

    /// <summary>Whoever works on something of it sees that it is not his any more.</summary>
    Task<int> StopAsync(FramelaneDbContext db, WorkspaceId id, CancellationToken cancellationToken) => writer.ExecuteAsync(
        token => db.Jobs.Open().Where(job => job.WorkspaceId == id).ExecuteUpdateAsync(
            job => job.SetProperty(row => row.Status, JobStatus.Cancelled).SetProperty(row => row.Fence, row => row.Fence + 1), token),
        cancellationToken);

    async Task AbortUploadsAsync(FramelaneDbContext db, WorkspaceId id, CancellationToken cancellationToken)
    {
        foreach (var upload in await db.Uploads.AsNoTracking().Where(upload => upload.WorkspaceId == id).ToListAsync(cancellationToken))
            await drafts.AbortAsync(UploadTarget.Of(upload), upload.Draft, cancellationToken);
    }

    /// <summary>
    /// Events have no index by workspace. They are found by their ids, which begin with their times: from the workspace's own first moment on each is
    /// looked at once, and whose it is is seen here. A statement that looked for the workspace's own would read on to the table's end.
    /// </summary>
    async Task<int> EraseEventsAsync(FramelaneDbContext db, Workspace workspace, CancellationToken cancellationToken)
    {
        var (gone, last) = (0, EventId.FromStored(UlidTime.Start(EventId.Prefix, workspace.CreatedAt)));
        while (true)
        {
            var page = await EventsAfter(db, last).ToListAsync(cancellationToken);
            foreach (var ids in page.Where(each => each.WorkspaceId == workspace.Id).Select(each => each.Id).Chunk(BatchedDeletion.Size))
            {
                gone += await DrainAsync(db.Deliveries.Where(delivery => ids.Contains(delivery.EventId)).OrderBy(delivery => delivery.EventId), cancellationToken);
                gone += await writer.ExecuteAsync(token => db.Events.Where(happened => ids.Contains(happened.Id)).ExecuteDeleteAsync(token), cancellationToken);
            }

            if (page.Count < EventsAtOnce)
                return gone;
            last = page[^1].Id;
            await BatchedDeletion.PauseAsync(time, cancellationToken);
        }
    }

    static IQueryable<EventOwner> EventsAfter(FramelaneDbContext db, EventId last) => db.Events
        .Where(happened => happened.Id > last)
        .OrderBy(happened => happened.Id)
        .Take(EventsAtOnce)
        .Select(happened => new EventOwner(happened.Id, happened.WorkspaceId));

    /// <remarks>
    /// Each in the order of an index that begins with the workspace: in another one a database may rather walk through all rows of everybody. Only uploads
    /// have none: of everybody's there is about an hour's, which is looked through.
    /// </remarks>
    async Task<int> EraseRowsAsync(FramelaneDbContext db, WorkspaceId id, CancellationToken cancellationToken)
    {
        // All that begins with the id and a space.
        var (first, end) = (id.Value + " ", id.Value + "!");
        var (attempts, fonts, identities) = (
            db.Attempts.Where(attempt => attempt.WorkspaceId == id), db.AssetFonts.Where(font => font.WorkspaceId == id), db.Identities.Where(identity => identity.WorkspaceId == id));
        return await DrainAsync(
                attempts.OrderBy(attempt => attempt.Id).Select(attempt => attempt.Id), ids => attempts.Where(attempt => ids.Contains(attempt.Id)), cancellationToken)
            + await DrainAsync(db.Webhooks.Where(webhook => webhook.WorkspaceId == id).OrderBy(webhook => webhook.Id), cancellationToken)
            + await BatchedDeletion.DrainAsync(BatchedDeletion.Size, () => EraseJobsAsync(db, id, cancellationToken), time, cancellationToken)
            + await DrainAsync(db.Uploads.Where(upload => upload.WorkspaceId == id).OrderBy(upload => upload.Id), cancellationToken)
            + await DrainAsync(
                fonts.OrderBy(font => font.Family).Select(font => font.AssetId), ids => db.AssetFonts.Where(font => ids.Contains(font.AssetId)), cancellationToken)
            + await DrainAsync(db.Assets.Where(asset => asset.WorkspaceId == id).OrderBy(asset => asset.Id), cancellationToken)
            + await DrainAsync(db.Usage.Where(entry => entry.WorkspaceId == id).OrderBy(entry => entry.Kind).ThenBy(entry => entry.At), cancellationToken)
            + await DrainAsync(
                identities.OrderBy(identity => identity.WorkspaceId).Select(identity => identity.Subject),
                subjects => identities.Where(identity => subjects.Contains(identity.Subject)),
                cancellationToken)
            + await DrainAsync(db.ApiKeys.Where(key => key.WorkspaceId == id).OrderBy(key => key.Id), cancellationToken)
            + await RememberedAnswers.DrainAsync(
                writer,
                db,
                db.IdempotencyKeys.Where(record => string.Compare(record.Scope, first) >= 0 && string.Compare(record.Scope, end) < 0),
                own => own.OrderBy(record => record.Scope).ThenBy(record => record.Key),
                time,
                cancellationToken)
            + await DrainAsync(
                db.AuditLog.Where(entry => entry.WorkspaceId == id && entry.Action != AuditActions.WorkspaceDeleted).OrderBy(entry => entry.Id), cancellationToken);
    }

    /// <summary>Jobs with what hangs on them, which only they lead to; they go last.</summary>
    /// <returns>How many jobs there were.</returns>
    async Task<int> EraseJobsAsync(FramelaneDbContext db, WorkspaceId id, CancellationToken cancellationToken)
    {
        var jobs = await db.Jobs.Where(job => job.WorkspaceId == id)
            .OrderBy(job => job.Kind).ThenBy(job => job.Id)
            .Select(job => job.Id)
            .Take(BatchedDeletion.Size)
            .ToListAsync(cancellationToken);
        if (jobs.Count == 0)
            return 0;
        await DrainAsync(
            db.JobSources.Where(source => jobs.Contains(source.JobId)).OrderBy(source => source.JobId).Select(source => source.JobId),
            found => db.JobSources.Where(source => found.Contains(source.JobId)),
            cancellationToken);
        await writer.ExecuteAsync(token => db.JobRequests.Where(request => jobs.Contains(request.JobId)).ExecuteDeleteAsync(token), cancellationToken);
        await writer.ExecuteAsync(token => db.Jobs.Where(job => jobs.Contains(job.Id)).ExecuteDeleteAsync(token), cancellationToken);
        return jobs.Count;
    }

    Task<int> PutOffAsync(FramelaneDbContext db, WorkspaceId id, DateTimeOffset until, CancellationToken cancellationToken) => writer.ExecuteAsync(
        token => db.Workspaces.Where(workspace => workspace.Id == id).ExecuteUpdateAsync(row => row.SetProperty(workspace => workspace.EraseAt, until), token),
        cancellationToken);

    static TimeSpan Later(TimeSpan one, TimeSpan other) => one > other ? one : other;

    Task<int> DrainAsync<T>(IQueryable<T> rows, CancellationToken cancellationToken) => writer.DrainAsync(rows, time, cancellationToken);

    Task<int> DrainAsync<TRow, TKey>(IQueryable<TKey> keys, Func<IReadOnlyList<TKey>, IQueryable<TRow>> rows, CancellationToken cancellationToken) =>
        writer.DrainAsync(keys, rows, time, cancellationToken);

    sealed record EventOwner(EventId Id, WorkspaceId WorkspaceId);

    /// <param name="Pause">As <see cref="CustomerErasure.EndAsync"/> says: whoever is gone pays no more, before all that storage may refuse, or that takes long.</param>
    sealed record Due(Workspace Workspace, TimeSpan? Pause);
}
