using Framelane.Application.Common;
using Framelane.Application.Jobs;
using Framelane.Domain.Jobs;
using Framelane.Domain.Workspaces;

namespace Framelane.Application.Abstractions;

public interface IJobRepository
{
    /// <summary>The job as it is now; null where there is none of that id and kind, or it is another workspace's.</summary>
    Task<Job?> FindAsync(WorkspaceId workspaceId, JobKind kind, string jobId, CancellationToken cancellationToken);

    /// <summary>The same, locked until the transaction ends.</summary>
    Task<Job?> FindForUpdateAsync(WorkspaceId workspaceId, JobKind kind, string jobId, CancellationToken cancellationToken);

    Task<Page<Job>> ListAsync(WorkspaceId workspaceId, JobFilter filter, PageRequest page, CancellationToken cancellationToken);

    /// <summary>One of the workspace's renders ended: the oldest of those that wait, for its place perhaps, are looked at at once.</summary>
    Task ReleaseNextAsync(WorkspaceId workspaceId, CancellationToken cancellationToken);

    /// <param name="request">What was asked for, as JSON in UTF-8: kept beside the job, for the worker.</param>
    /// <param name="sources">The assets that it reads: it waits for them, and they are kept until it is terminal.</param>
    void Add(Job job, byte[] request, IEnumerable<JobSource> sources);
}
