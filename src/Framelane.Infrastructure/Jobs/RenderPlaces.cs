using Framelane.Application.Plans;
using Framelane.Domain.Jobs;
using Framelane.Domain.Workspaces;
using Framelane.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Framelane.Infrastructure.Jobs;

/// <summary>How many more renders of a workspace may be worked on, where its plan limits that. Of one transaction.</summary>
sealed class RenderPlaces(FramelaneDbContext db, IDatabaseProvider provider, IOptions<PlanOptions> plans)
{
    readonly Dictionary<WorkspaceId, int> free = [];
    readonly HashSet<WorkspaceId> busy = [];

    /// <summary>
    /// Counts, and locks the workspaces that are limited until the transaction ends: who claims for one of them does so alone. One that somebody else
    /// has locked is not waited for: everybody's jobs that are due are locked by now.
    /// </summary>
    public async Task CountAsync(IEnumerable<WorkspaceId> workspaces, CancellationToken cancellationToken)
    {
        free.Clear();
        busy.Clear();
        var limited = Enum.GetValues<Plan>().Where(plan => MostOf(plan) is not null).ToArray();
        var ids = workspaces.Distinct().ToArray();
        if (limited.Length == 0 || ids.Length == 0)
            return;
        var found = await db.Workspaces
            .Where(workspace => ids.Contains(workspace.Id) && limited.Contains(workspace.Plan))
            .Select(workspace => workspace.Id)
            .ToListAsync(cancellationToken);
        foreach (var id in found)
        {
            if (await provider.TryLockWorkspaceAsync(db, id, cancellationToken) is not { } workspace)
                busy.Add(id);
            else if (MostOf(workspace.Plan) is { } most)
                free[id] = most - await Processing(db, id).CountAsync(cancellationToken);
        }
    }

    /// <summary>Whether it cannot be known now.</summary>
    public bool IsBusy(WorkspaceId id) => busy.Contains(id);

    /// <returns>Whether there was a place, which is then taken.</returns>
    public bool TryTake(WorkspaceId id)
    {
        if (!free.TryGetValue(id, out var places))
            return true;
        if (places <= 0)
            return false;
        free[id] = places - 1;
        return true;
    }

    internal static IQueryable<Job> Processing(FramelaneDbContext db, WorkspaceId id) =>
        db.Jobs.Open().Where(job => job.WorkspaceId == id && job.Kind == JobKind.Render && job.Status == JobStatus.Processing);

    int? MostOf(Plan plan) => plans.Value.Of(plan).ConcurrentRenders;
}
