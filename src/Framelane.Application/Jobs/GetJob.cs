using Framelane.Application.Abstractions;
using Framelane.Domain.Common;
using Framelane.Domain.Jobs;
using Framelane.Domain.Workspaces;
using MediatR;

namespace Framelane.Application.Jobs;

/// <param name="Wait">How long the answer is held while the job is not terminal, unless too many of the workspace are; null or zero for not at all.</param>
/// <param name="EndsWait">Has the job answered as it is, however long is left: the process stops.</param>
public sealed record GetJobQuery(WorkspaceId WorkspaceId, JobKind Kind, string JobId, TimeSpan? Wait, CancellationToken EndsWait = default)
    : IRequest<Result<JobResponse>>;

sealed class GetJobHandler(IJobRepository jobs, JobWatch watch, JobViews views, TimeProvider time) : IRequestHandler<GetJobQuery, Result<JobResponse>>
{
    public async Task<Result<JobResponse>> Handle(GetJobQuery query, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, query.EndsWait);
        var asked = time.GetTimestamp();
        while (true)
        {
            if (await jobs.FindAsync(query.WorkspaceId, query.Kind, query.JobId, cancellationToken) is not { } job)
                return JobErrors.NotFound(query.Kind);
            var left = (query.Wait ?? TimeSpan.Zero) - time.GetElapsedTime(asked);
            if (job.IsTerminal || left <= TimeSpan.Zero || query.EndsWait.IsCancellationRequested || !await watch.WaitAsync(job, left, either.Token))
                return views.Of(job);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }
}
