using Framelane.Domain.Deliveries;
using Framelane.Domain.Webhooks;
using Framelane.Domain.Workspaces;
using Framelane.Infrastructure.Assets;
using Framelane.Infrastructure.Jobs;
using Framelane.Infrastructure.Persistence;
using Framelane.Infrastructure.Persistence.Maintenance;
using Framelane.Infrastructure.Persistence.Repositories;

namespace Framelane.Infrastructure.Tests.Persistence;

/// <summary>The queries of the lists and of the sweep, which have to stay quick however much there is.</summary>
static class ScaleQueries
{
    const int Page = 51;

    public static IEnumerable<(string Name, IQueryable<object> Query)> Of(FramelaneDbContext db, WorkspaceId workspaceId, WebhookId webhookId, DateTimeOffset old)
    {
        var after = AttemptId.FromStored("att_7Z000000000000000000500000");
        var all = new AttemptList(db, workspaceId, new());
        var own = new AttemptList(db, workspaceId, new() { WebhookId = webhookId });
        yield return ("open, of the workspace", all.Open(null).Take(Page));
        yield return ("open, of a webhook", own.Open(after).Take(Page));
        yield return ("made, of the workspace", all.Made(after).Take(Page));
        yield return ("made, of a webhook", own.Made(null).Take(Page));

        // A search looks through a stretch at a time.
        var dead = new AttemptList(db, workspaceId, new() { WebhookId = webhookId, Status = AttemptStatus.DeadLettered, EventType = "render.failed" });
        var end = AttemptId.FromStored("att_7Z000000000000000000499000");
        yield return ("a search of the workspace's open", new AttemptList(db, workspaceId, new() { Status = AttemptStatus.DeadLettered }).Open(after, end).Take(Page));
        yield return ("a search of a webhook's open", dead.Open(after, end).Take(Page));
        yield return ("a search of the workspace's made", new AttemptList(db, workspaceId, new() { JobId = "render_1" }).Made(after, end).Take(Page));
        yield return ("a search of a webhook's made", dead.Made(after, end).Take(Page));
        yield return ("renders that wait", JobRepository.Waiting(db, workspaceId, old).OrderBy(job => job.Id).Take(10));
        yield return ("renders that are worked on", RenderPlaces.Processing(db, workspaceId));
        yield return ("minutes that are kept", db.Jobs.Open().Where(job => job.WorkspaceId == workspaceId));
        yield return ("assets that are worked on", AssetPlaces.Working(db, AssetWork.Fetch, workspaceId));
        yield return ("assets that wait", AssetPlaces.Waiting(db, AssetWork.Fetch, workspaceId, old).OrderBy(asset => asset.Id).Take(1));
        yield return ("sweep of attempts", RetentionSweep.Attempts(db, workspaceId, old).Take(BatchedDeletion.Size));
        yield return ("sweep of deliveries", RetentionSweep.Deliveries(db, old).Take(BatchedDeletion.Size));
        yield return ("sweep of events", RetentionSweep.Events(db, old).Take(BatchedDeletion.Size));
    }

    /// <summary>Those of files: what is stored is as much as there ever was, and little of it is due.</summary>
    public static IEnumerable<(string Name, IQueryable<object> Query)> OfFiles(FramelaneDbContext db, DateTimeOffset now)
    {
        yield return ("sweep of uploads", StorageSweep.Uploads(db, now).Take(BatchedDeletion.Size));
        yield return ("sweep of assets", StorageSweep.Assets(db, now).Take(BatchedDeletion.Size));
        yield return ("sweep of outputs", StorageSweep.Outputs(db, now).Take(BatchedDeletion.Size));
        yield return ("sweep of leftovers", LeftoverSweep.Jobs(db, now).Take(BatchedDeletion.Size));
    }

    /// <summary>Those of accounts, of which there may be many more than are ever due.</summary>
    public static IEnumerable<(string Name, IQueryable<object> Query)> OfAccounts(FramelaneDbContext db, DateTimeOffset now)
    {
        yield return ("sweep of workspaces that nobody verified", UnverifiedWorkspaces.Overdue(db, now).Take(UnverifiedWorkspaces.BatchSize));
        yield return ("sweep of sign-ups", UnverifiedWorkspaces.Forgotten(db, now).Take(BatchedDeletion.Size));
        yield return ("sweep of metered renders", RetentionSweep.Metered(db, now).Take(BatchedDeletion.Size));
        yield return ("sweep of reports of minutes", RetentionSweep.Reports(db, now).Take(BatchedDeletion.Size));
        yield return ("sweep of minutes spent", RetentionSweep.Spent(db, now).Take(BatchedDeletion.Size));
    }
}
