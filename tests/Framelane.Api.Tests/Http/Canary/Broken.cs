using Framelane.Application.Abstractions;
using Framelane.Application.Common;
using Framelane.Domain.Audit;
using Framelane.Domain.Workspaces;

namespace Framelane.Api.Tests.Http.Canary;

/// <summary>Fails before the commit, while it is told to.</summary>
sealed class BrokenAuditLog(IAuditLog real, Func<bool> isBroken) : IAuditLog
{
    public const string Message = "The audit log is broken.";

    public void Add(AuditEntry entry)
    {
        if (isBroken())
            throw new InvalidOperationException(Message);
        real.Add(entry);
    }

    public Task<Page<AuditEntry>> ListAsync(WorkspaceId workspaceId, PageRequest page, CancellationToken cancellationToken) =>
        real.ListAsync(workspaceId, page, cancellationToken);
}

/// <summary>Fails between the commit and the answer, while it is told to.</summary>
sealed class BrokenBarrier(IEpochBarrier real, Func<bool> isBroken) : IEpochBarrier
{
    public const string Message = "The barrier is broken.";

    public Task PassAsync(WorkspaceId workspaceId, long epoch, CancellationToken cancellationToken) => isBroken()
        ? throw new InvalidOperationException(Message)
        : real.PassAsync(workspaceId, epoch, cancellationToken);
}
