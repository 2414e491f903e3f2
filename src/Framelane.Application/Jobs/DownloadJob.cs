using Framelane.Application.Abstractions;
using Framelane.Domain.Common;
using Framelane.Domain.Jobs;
using Framelane.Domain.Workspaces;
using MediatR;

namespace Framelane.Application.Jobs;

/// <summary>Asks for an address from which what the job made can be downloaded by anyone, for <see cref="Lifetime"/>.</summary>
public sealed record DownloadJobQuery(WorkspaceId WorkspaceId, JobKind Kind, string JobId) : IRequest<Result<Uri>>
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);
}

sealed class DownloadJobHandler(IJobRepository jobs, IObjectStorage storage) : IRequestHandler<DownloadJobQuery, Result<Uri>>
{
    public async Task<Result<Uri>> Handle(DownloadJobQuery query, CancellationToken cancellationToken)
    {
        if (await jobs.FindAsync(query.WorkspaceId, query.Kind, query.JobId, cancellationToken) is not { } job)
            return JobErrors.NotFound(query.Kind);
        if (job.OutputRemovedAt is not null)
            return JobErrors.OutputRemoved;
        return job.Output is { } output
            ? storage.SignUrl(output.Key, DownloadJobQuery.Lifetime, output.Filename)
            : JobErrors.NotReady(job.Status);
    }
}
