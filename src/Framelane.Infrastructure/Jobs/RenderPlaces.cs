using Framelane.Application.Plans;
using Framelane.Domain.Jobs;
using Framelane.Domain.Workspaces;
using Framelane.Infrastructure.Leasing;
using Framelane.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Framelane.Infrastructure.Jobs;

/// <summary>How many more renders of a workspace may be worked on, where its plan limits that.</summary>
sealed class RenderPlaces(FramelaneDbContext db, IDatabaseProvider provider, IOptions<PlanOptions> plans) : WorkspacePlaces(db, provider)
{
    readonly FramelaneDbContext db = db;

    /// <summary>Counts, and locks those workspaces that are limited.</summary>
    public async Task CountAsync(IEnumerable<WorkspaceId> workspaces, CancellationToken cancellationToken)
    {
        var limited = Enum.GetValues<Plan>().Where(plan => MostOf(plan) is not null).ToArray();
        List<WorkspaceId> found = [];
        foreach (var some in limited.Length == 0 ? [] : workspaces.Distinct().Chunk(Lookups.MostIds))
        {
            found.AddRange(await db.Workspaces
                .Where(workspace => some.Contains(workspace.Id) && limited.Contains(workspace.Plan))
                .Select(workspace => workspace.Id)
                .ToListAsync(cancellationToken));
        }

        await CountAsync(
            found,
            async workspace => MostOf(workspace.Plan) is { } most ? most - await Processing(db, workspace.Id).CountAsync(cancellationToken) : null,
            cancellationToken);
    }

    internal static IQueryable<Job> Processing(FramelaneDbContext db, WorkspaceId id) =>
        db.Jobs.Open().Where(job => job.WorkspaceId == id && job.Kind == JobKind.Render && job.Status == JobStatus.Processing);

    int? MostOf(Plan plan) => plans.Value.Of(plan).ConcurrentRenders;
}
