using Framelane.Application.Abstractions;
using Framelane.Domain.Billing;
using Framelane.Domain.Common;
using Framelane.Domain.Workspaces;

namespace Framelane.Application.Billing;

/// <summary>Sees to it that a workspace has one customer at the provider, made when it is first needed.</summary>
public sealed class BillingCustomers(IUnitOfWork unitOfWork, IWorkspaceRepository workspaces, IBillingRepository accounts, IBillingProvider provider, TimeProvider time)
{
    /// <summary>To be called without an idempotency claim: what it writes is not yet the answer.</summary>
    /// <returns>The customer's id, which is stored by then.</returns>
    public async Task<Result<string>> EnsureAsync(WorkspaceId workspaceId, CancellationToken cancellationToken)
    {
        if (await accounts.FindAsync(workspaceId, cancellationToken) is { } known)
            return known.CustomerId;

        // Two that come here at once get one customer, for the provider knows the second request by its key.
        var customerId = await provider.CreateCustomerAsync(workspaceId, cancellationToken);
        return await unitOfWork.ExecuteAsync<string>(
            async token =>
            {
                await workspaces.GetForUpdateAsync(workspaceId, token);
                if (await accounts.FindAsync(workspaceId, token) is { } other)
                    return other.CustomerId;
                accounts.Add(BillingAccount.Open(workspaceId, customerId, time.GetUtcNow()));
                return customerId;
            },
            cancellationToken);
    }
}
