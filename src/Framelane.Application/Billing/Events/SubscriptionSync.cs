using Framelane.Application.Abstractions;
using Framelane.Domain.Audit;
using Framelane.Domain.Billing;
using Framelane.Domain.Common;
using Framelane.Domain.Workspaces;
using Microsoft.Extensions.Logging;

namespace Framelane.Application.Billing.Events;

/// <summary>Brings a workspace's plan to what the provider says of its customer: begin under the lock, read without it, write under it.</summary>
/// <remarks>What is written was read after every event that had come by then, in whatever order they come or are worked on (docs/adr/0029).</remarks>
public sealed partial class SubscriptionSync(
    IUnitOfWork unitOfWork,
    IWorkspaceRepository workspaces,
    IBillingRepository accounts,
    IBillingProvider provider,
    IAuditLog audit,
    TimeProvider time,
    ILogger<SubscriptionSync> logger)
{
    public Task<Result<BegunRead>> BeginAsync(WorkspaceId workspaceId, ProviderEvent happened, CancellationToken cancellationToken) =>
        unitOfWork.ExecuteAsync<BegunRead>(
            async token =>
            {
                await workspaces.GetForUpdateAsync(workspaceId, token);
                return await accounts.FindAsync(workspaceId, token) is { } account && !await accounts.WasHandledAsync(happened.Id, token)
                    ? new BegunRead(workspaceId, account.CustomerId, account.BeginRead())
                    : BegunRead.Handled;
            },
            cancellationToken);

    public Task<IReadOnlyList<Subscription>> ReadAsync(BegunRead read, CancellationToken cancellationToken) =>
        provider.ReadSubscriptionsAsync(read.CustomerId, cancellationToken);

    /// <summary>Notes the event as handled in the transaction that writes what was read: either both hold, or the provider sends it again.</summary>
    public Task<Result<T>> WriteAsync<T>(
        BegunRead read, ProviderEvent happened, IReadOnlyList<Subscription> subscriptions, T answer, CancellationToken cancellationToken) =>
        unitOfWork.ExecuteAsync<T>(
            async token =>
            {
                var workspace = await workspaces.GetForUpdateAsync(read.WorkspaceId, token);
                if (await accounts.FindAsync(read.WorkspaceId, token) is not { } account || await accounts.WasHandledAsync(happened.Id, token))
                    return answer;
                accounts.Add(BillingEvent.Handled(happened.Id, happened.Type, workspace.Id, time.GetUtcNow()));

                // Where the customer was replaced meanwhile, what the former one had is taken already, and is not given back.
                if (account.CustomerId == read.CustomerId && account.TryWrite(read.Number, givesPlan: Standing.Of(subscriptions) is not null))
                    Apply(workspace, subscriptions);
                return answer;
            },
            cancellationToken);

    /// <summary>
    /// Puts another customer in the place of one that was deleted, and takes from the workspace what that one paid for: the event that says so may come
    /// later, when it is nobody's customer any more. What no subscription gave stays.
    /// </summary>
    /// <param name="had">What the provider still tells of the former one's subscriptions; with it all of them have ended.</param>
    /// <remarks>Under the workspace's lock.</remarks>
    public void Replace(Workspace workspace, BillingAccount account, string customerId, IEnumerable<Subscription> had)
    {
        account.Replace(customerId);
        if (account.GivesPlan)
            Apply(workspace, [.. had.Select(each => each with { Status = SubscriptionStatus.Canceled })]);
    }

    void Apply(Workspace workspace, IReadOnlyList<Subscription> subscriptions)
    {
        if (subscriptions.Any(Standing.IsStrange))
            LogStrange(workspace.Id);
        if (Standing.Of(subscriptions) is { } standing && workspace.ChangePlan(standing.Plan, standing.Status))
            audit.Add(AuditEntry.Of(AuditActions.PlanChanged, workspace.Id.Value, Actor.System(workspace.Id), time.GetUtcNow()));
    }

    [LoggerMessage(LogLevel.Warning, "The customer of {Workspace} has a subscription whose price is no plan's (Framelane:Stripe:Prices), or whose status is not known")]
    partial void LogStrange(WorkspaceId workspace);
}

/// <summary>A read of the provider's state, numbered before it is made.</summary>
/// <param name="Number">As <see cref="BillingAccount.BeginRead"/> gave it; 0 where there is nothing to read.</param>
public sealed record BegunRead(WorkspaceId WorkspaceId, string CustomerId, long Number)
{
    public static readonly BegunRead Handled = new(default, "", 0);

    public bool IsHandled => Number == 0;
}
