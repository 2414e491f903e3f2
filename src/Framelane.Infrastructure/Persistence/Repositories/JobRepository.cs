using Framelane.Application.Abstractions;
using Framelane.Application.Common;
using Framelane.Application.Jobs;
using Framelane.Domain.Jobs;
using Framelane.Domain.Workspaces;
using Framelane.Infrastructure.Persistence.Records;
using Microsoft.EntityFrameworkCore;

namespace Framelane.Infrastructure.Persistence.Repositories;

sealed class JobRepository(FramelaneDbContext db, IDatabaseProvider provider, TimeProvider time) : IJobRepository
{
    /// <summary>More than one, for the oldest may wait for its sources, or be cancelled next.</summary>
    const int Released = 10;

    public async Task<Job?> FindAsync(WorkspaceId workspaceId, JobKind kind, string jobId, CancellationToken cancellationToken) =>
        JobId.TryParse(kind, jobId) is { } id
            ? await db.Jobs.AsNoTracking().SingleOrDefaultAsync(job => job.Id == id && job.WorkspaceId == workspaceId, cancellationToken)
            : null;

    public async Task<Job?> FindForUpdateAsync(WorkspaceId workspaceId, JobKind kind, string jobId, CancellationToken cancellationToken) =>
        JobId.TryParse(kind, jobId) is { } id && await provider.LockJobAsync(db, id, cancellationToken) is { } job && job.WorkspaceId == workspaceId
            ? job
            : null;

    public Task<Page<Job>> ListAsync(WorkspaceId workspaceId, JobFilter filter, PageRequest page, CancellationToken cancellationToken)
    {
        var rows = db.Jobs.AsNoTracking().Where(job => job.WorkspaceId == workspaceId && job.Kind == filter.Kind);
        if (filter.Status is { } status)
            rows = rows.Where(job => job.Status == status);
        if (filter.TaskType is { } type)
            rows = rows.Where(job => job.TaskType == type);
        if (page.After is not null)
        {
            var after = JobId.FromStored(page.After);
            rows = rows.Where(job => job.Id < after);
        }

        return rows.OrderByDescending(job => job.Id).ToPageAsync(page, job => job.Id.Value, cancellationToken);
    }

    public Task ReleaseNextAsync(WorkspaceId workspaceId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var next = Waiting(db, workspaceId, now).OrderBy(job => job.Id).Select(job => job.Id).Take(Released);
        return db.Jobs.Where(job => next.Contains(job.Id)).ExecuteUpdateAsync(job => job.SetProperty(row => row.ClaimableAt, now), cancellationToken);
    }

    internal static IQueryable<Job> Waiting(FramelaneDbContext db, WorkspaceId workspaceId, DateTimeOffset now) => db.Jobs.Open()
        .Where(job => job.WorkspaceId == workspaceId && job.Kind == JobKind.Render && job.Status == JobStatus.Queued && job.ClaimableAt > now);

    public void Add(Job job, byte[] request, IEnumerable<JobSource> sources)
    {
        db.Jobs.Add(job);
        db.JobRequests.Add(new() { JobId = job.Id, Document = request });
        db.JobSources.AddRange(sources.Select(source => new JobSourceRecord { JobId = job.Id, AssetId = source.AssetId, Url = source.Url, Place = source.Place }));
    }
}
