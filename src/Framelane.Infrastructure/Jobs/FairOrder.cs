using Framelane.Domain.Jobs;
using Framelane.Domain.Workspaces;
using Framelane.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Framelane.Infrastructure.Jobs;

/// <summary>In which order workers take up what is due: first the oldest of the workspace of which the fewest are worked on.</summary>
static class FairOrder
{
    /// <summary>
    /// So many of the oldest are compared; where there are more, so many of the oldest of all workspaces but those as well, and so on, so often at most.
    /// The walk past a hundred thousand of one takes some 60 ms.
    /// </summary>
    const int Window = 100, Windows = 4;

    /// <param name="count">How many are wanted, at least, where there are so many.</param>
    public static async Task<List<JobId>> OfAsync(FramelaneDbContext db, DateTimeOffset now, int count, CancellationToken cancellationToken)
    {
        var window = Math.Max(count, Window);
        List<(JobId Id, WorkspaceId WorkspaceId)> due = [];
        for (var i = 0; i < Windows && due.Count == i * window; i++)
            due.AddRange(await OldestAsync(db, now, [.. due.Select(job => job.WorkspaceId).Distinct()], window, cancellationToken));

        WorkspaceId[] workspaces = [.. due.Select(job => job.WorkspaceId).Distinct()];
        var running = workspaces.Length < 2
            ? []
            : await Running(db, workspaces, now)
                .GroupBy(job => job.WorkspaceId)
                .Select(own => new { own.Key, Count = own.Count() })
                .ToDictionaryAsync(own => own.Key, own => own.Count, cancellationToken);
        return
        [
            .. due.GroupBy(job => job.WorkspaceId)
                .SelectMany(own => own.Select((job, index) => (job.Id, Others: running.GetValueOrDefault(own.Key) + index)))
                .OrderBy(job => job.Others)
                .Select(job => job.Id),
        ];
    }

    /// <summary>What a worker died of does not count: nobody works on it.</summary>
    static IQueryable<Job> Running(FramelaneDbContext db, WorkspaceId[] workspaces, DateTimeOffset now) =>
        db.Jobs.Open().Where(job => workspaces.Contains(job.WorkspaceId) && job.Status == JobStatus.Processing && job.ClaimableAt > now);

    static async Task<IEnumerable<(JobId Id, WorkspaceId WorkspaceId)>> OldestAsync(
        FramelaneDbContext db, DateTimeOffset now, WorkspaceId[] except, int count, CancellationToken cancellationToken)
    {
        var rows = await db.Jobs.Claimable(now)
            .Where(job => !except.Contains(job.WorkspaceId))
            .OrderBy(job => job.ClaimableAt).ThenBy(job => job.Id)
            .Take(count)
            .Select(job => new { job.Id, job.WorkspaceId })
            .ToListAsync(cancellationToken);
        return rows.Select(job => (job.Id, job.WorkspaceId));
    }
}
