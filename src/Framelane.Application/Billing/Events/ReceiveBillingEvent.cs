using Framelane.Application.Abstractions;
using Framelane.Domain.Common;
using Framelane.Domain.Workspaces;
using MediatR;
using Microsoft.Extensions.Logging;

namespace Framelane.Application.Billing.Events;

/// <summary>That an event has arrived, whether or not there was something to do.</summary>
public sealed record BillingEventResponse(bool Received);

public sealed record ReceiveBillingEventCommand(ProviderEvent Event) : IRequest<Result<BillingEventResponse>>;

sealed partial class ReceiveBillingEventHandler(
    IBillingRepository accounts,
    IWorkspaceRepository workspaces,
    SubscriptionSync sync,
    IdempotencyContext idempotency,
    ILogger<ReceiveBillingEventHandler> logger) : IRequestHandler<ReceiveBillingEventCommand, Result<BillingEventResponse>>
{
    static readonly BillingEventResponse Received = new(true);

    public async Task<Result<BillingEventResponse>> Handle(ReceiveBillingEventCommand command, CancellationToken cancellationToken)
    {
        var happened = command.Event;
        if (!happened.IsAboutSubscription || happened.CustomerId is not { } customerId)
            return Received;

        // Its owner is whose customer it is here, whatever the event says of workspaces.
        if (await accounts.FindOwnerAsync(customerId, cancellationToken) is not { } workspaceId)
        {
            await LogUnknownAsync(happened, customerId, cancellationToken);
            return Received;
        }

        var claim = idempotency.SetAside();
        var read = await sync.BeginAsync(workspaceId, happened, cancellationToken);
        if (!read.IsSuccess)
            return read.Error;
        if (read.Value.IsHandled)
            return Received;
        var subscriptions = await sync.ReadAsync(read.Value, cancellationToken);
        idempotency.Claim = claim;
        return await sync.WriteAsync(read.Value, happened, subscriptions, Received, cancellationToken);
    }

    /// <remarks>Not tied together by that: another installation, or an older copy of this one's database, may have the same Stripe account.</remarks>
    async Task LogUnknownAsync(ProviderEvent happened, string customerId, CancellationToken cancellationToken)
    {
        if (WorkspaceId.TryParse(happened.NamedWorkspace) is { } named
            && await workspaces.LivesAsync(named, cancellationToken) && await accounts.FindAsync(named, cancellationToken) is null)
            LogLost(customerId, named);
        else
            LogUnknown(happened.Type);
    }

    [LoggerMessage(LogLevel.Warning, "The customer {Customer} has a subscription for {Workspace}, which is no customer here: after a restore it may pay for nothing (docs/operations.md, Restore)")]
    partial void LogLost(string customer, WorkspaceId workspace);

    [LoggerMessage(LogLevel.Information, "An event {Type} is about a customer that no workspace has")]
    partial void LogUnknown(string type);
}
