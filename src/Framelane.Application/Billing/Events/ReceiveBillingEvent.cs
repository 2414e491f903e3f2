using Framelane.Application.Abstractions;
using Framelane.Domain.Common;
using MediatR;
using Microsoft.Extensions.Logging;

namespace Framelane.Application.Billing.Events;

/// <summary>That an event has arrived, whether or not there was something to do.</summary>
public sealed record BillingEventResponse(bool Received);

public sealed record ReceiveBillingEventCommand(ProviderEvent Event) : IRequest<Result<BillingEventResponse>>;

sealed partial class ReceiveBillingEventHandler(
    IBillingRepository accounts,
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
            LogUnknown(happened.Type);
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

    [LoggerMessage(LogLevel.Information, "An event {Type} is about a customer that no workspace has")]
    partial void LogUnknown(string type);
}
