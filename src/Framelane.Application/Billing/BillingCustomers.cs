using Framelane.Application.Abstractions;
using Framelane.Application.Billing.Events;
using Framelane.Domain.Billing;
using Framelane.Domain.Common;
using Framelane.Domain.Workspaces;

namespace Framelane.Application.Billing;

/// <summary>Sees to it that a workspace has one customer at the provider, made when it is first needed.</summary>
public sealed class BillingCustomers(
    IUnitOfWork unitOfWork, IWorkspaceRepository workspaces, IBillingRepository accounts, IBillingProvider provider, SubscriptionSync sync, TimeProvider time)
{
    /// <summary>
    /// Opens a page of the provider's for the workspace's customer. One that somebody has deleted over there is replaced by a new one: the
    /// workspace could never pay again. What the deleted one paid for goes with it.
    /// </summary>
    /// <param name="open">Of the customer's id, which is stored by then; its answer is null where that one was deleted.</param>
    /// <remarks>To be called without an idempotency claim: what it writes is not yet the answer.</remarks>
    public async Task<Result<Uri>> OpenAsync(WorkspaceId workspaceId, Func<string, Task<Result<Uri?>>> open, CancellationToken cancellationToken)
    {
        string? former = null;
        while (true)
        {
            var customer = await EnsureAsync(workspaceId, former, cancellationToken);
            if (!customer.IsSuccess)
                return customer.Error;
            var opened = await open(customer.Value);
            if (!opened.IsSuccess)
                return opened.Error;
            if (opened.Value is { } page)
                return page;
            if (former is not null)
                throw new UnavailableException("The payment provider does not know the customer that it has just made.");
            former = customer.Value;
        }
    }

    /// <param name="former">One that is no more.</param>
    async Task<Result<string>> EnsureAsync(WorkspaceId workspaceId, string? former, CancellationToken cancellationToken)
    {
        if (await accounts.FindAsync(workspaceId, cancellationToken) is { } known && known.CustomerId != former)
            return known.CustomerId;

        var had = former is null ? [] : await provider.ReadSubscriptionsAsync(former, cancellationToken);

        // Two that come here at once get one customer, for the provider knows the second request by its key.
        var customerId = await provider.CreateCustomerAsync(workspaceId, former, cancellationToken);
        return await unitOfWork.ExecuteAsync<string>(
            async token =>
            {
                var workspace = await workspaces.GetForUpdateAsync(workspaceId, token);
                if (await accounts.FindAsync(workspaceId, token) is not { } account)
                    accounts.Add(account = BillingAccount.Open(workspaceId, customerId, time.GetUtcNow()));
                else if (account.CustomerId == former)
                    sync.Replace(workspace, account, customerId, had);
                return account.CustomerId;
            },
            cancellationToken);
    }
}
