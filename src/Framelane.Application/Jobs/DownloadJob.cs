using Framelane.Application.Abstractions;
using Framelane.Application.Usage;
using Framelane.Domain.Common;
using Framelane.Domain.Jobs;
using Framelane.Domain.Workspaces;
using MediatR;

namespace Framelane.Application.Jobs;

/// <summary>Gives out an address from which what the job made can be downloaded by anyone, for <see cref="Lifetime"/>. It counts as egress.</summary>
public sealed record DownloadJobCommand(WorkspaceId WorkspaceId, JobKind Kind, string JobId) : IRequest<Result<Uri>>
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);
}

sealed class DownloadJobHandler(IUnitOfWork unitOfWork, IJobRepository jobs, IUsageLedger ledger, IObjectStorage storage, TimeProvider time)
    : IRequestHandler<DownloadJobCommand, Result<Uri>>
{
    public async Task<Result<Uri>> Handle(DownloadJobCommand command, CancellationToken cancellationToken)
    {
        if (await jobs.FindAsync(command.WorkspaceId, command.Kind, command.JobId, cancellationToken) is not { } job)
            return JobErrors.NotFound(command.Kind);
        if (job.OutputRemovedAt is not null)
            return JobErrors.OutputRemoved;
        return job.Output is { } output
            ? await unitOfWork.GiveOutAsync(ledger, job.WorkspaceId, output.SizeBytes, time, () => storage.SignUrl(output.Key, DownloadJobCommand.Lifetime, output.Filename), cancellationToken)
            : JobErrors.NotReady(job.Status);
    }
}
