using Framelane.Application.Abstractions;
using Framelane.Application.Webhooks;
using Framelane.Domain.Audit;
using Framelane.Domain.Common;
using Framelane.Domain.Deliveries;
using MediatR;

namespace Framelane.Application.Deliveries.Redeliver;

/// <summary>Puts a delivery back at the start of the retry schedule, to the url and with the secret of the moment of each attempt.</summary>
/// <param name="WebhookId">The webhook it must belong to; null where any delivery of the workspace will do.</param>
public sealed record RedeliverCommand(Actor Actor, string? WebhookId, string DeliveryId) : IRequest<Result<RedeliverResponse>>;

public sealed record RedeliverResponse(string DeliveryId, AttemptStatus Status);

sealed class RedeliverHandler(
    IUnitOfWork unitOfWork,
    IWorkspaceRepository workspaces,
    IWebhookRepository webhooks,
    IDeliveryRepository deliveries,
    IDispatchSignal dispatchers,
    TimeProvider time) : IRequestHandler<RedeliverCommand, Result<RedeliverResponse>>
{
    public async Task<Result<RedeliverResponse>> Handle(RedeliverCommand command, CancellationToken cancellationToken)
    {
        var result = await unitOfWork.ExecuteAsync(token => RedeliverAsync(command, token), cancellationToken);
        if (result.IsSuccess)
            dispatchers.Wake();
        return result;
    }

    async Task<Result<RedeliverResponse>> RedeliverAsync(RedeliverCommand command, CancellationToken cancellationToken)
    {
        // Locked, so that the webhook is not disabled or deleted between the look at it and the commit.
        var workspace = await workspaces.GetForUpdateAsync(command.Actor.WorkspaceId, cancellationToken);
        if (command.WebhookId is not null && await webhooks.FindAsync(workspace.Id, command.WebhookId, cancellationToken) is null)
            return WebhookErrors.NotFound;
        var delivery = await deliveries.FindForUpdateAsync(workspace.Id, command.DeliveryId, cancellationToken);
        if (delivery is null || (command.WebhookId is not null && delivery.WebhookId?.Value != command.WebhookId))
            return WebhookErrors.DeliveryNotFound;
        if (delivery.WebhookId is { } webhookId)
        {
            if (await webhooks.FindAsync(workspace.Id, webhookId.Value, cancellationToken) is not { } webhook)
                return WebhookErrors.NotFound;
            if (!webhook.Enabled)
                return WebhookErrors.Disabled;
        }

        delivery.Redeliver(time.GetUtcNow());
        return new RedeliverResponse(delivery.Id.Value, AttemptStatus.Pending);
    }
}
