using Framelane.Application.Abstractions;
using Framelane.Domain.Common;
using Framelane.Domain.Jobs;
using Framelane.Domain.Workspaces;
using MediatR;

namespace Framelane.Application.Jobs;

/// <summary>Cancels a job in whatever state it is before it is terminal. Who works on it stops when it sees so, within 2 seconds.</summary>
public sealed record CancelJobCommand(WorkspaceId WorkspaceId, JobKind Kind, string JobId) : IRequest<Result<JobResponse>>;

sealed class CancelJobHandler(IUnitOfWork unitOfWork, IJobRepository jobs, JobEvents events, JobViews views, TimeProvider time)
    : IRequestHandler<CancelJobCommand, Result<JobResponse>>
{
    public Task<Result<JobResponse>> Handle(CancelJobCommand command, CancellationToken cancellationToken) =>
        unitOfWork.ExecuteAsync<JobResponse>(
            async token =>
            {
                if (await jobs.FindForUpdateAsync(command.WorkspaceId, command.Kind, command.JobId, token) is not { } job)
                    return JobErrors.NotFound(command.Kind);
                var status = job.Status;
                if (!job.Cancel(time.GetUtcNow()))
                    return JobErrors.NotCancellable(status);
                await events.AppendAsync(job, JobEvents.Cancelled, token);
                await jobs.ReleaseNextAsync(command.WorkspaceId, token);
                return views.Of(job);
            },
            cancellationToken);
}
