using Framelane.Domain.Billing;
using Framelane.Domain.Workspaces;

namespace Framelane.Application.Abstractions;

public interface IBillingRepository
{
    /// <summary>The workspace's account. To be changed, it has to be read under the workspace's lock.</summary>
    Task<BillingAccount?> FindAsync(WorkspaceId workspaceId, CancellationToken cancellationToken);

    Task<WorkspaceId?> FindOwnerAsync(string customerId, CancellationToken cancellationToken);

    Task<bool> WasHandledAsync(string eventId, CancellationToken cancellationToken);

    void Add(BillingAccount account);

    void Add(BillingEvent handled);
}
