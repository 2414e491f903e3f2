using Framelane.Application.Abstractions;
using Framelane.Domain.Audit;
using Framelane.Domain.Common;
using MediatR;

namespace Framelane.Application.Webhooks.Recover;

public sealed record RecoverWebhookRequest
{
    /// <summary>Deliveries made for events since then are taken.</summary>
    public required DateTimeOffset Since { get; init; }
}

/// <summary>Has every delivery of the webhook since then that did not succeed sent again.</summary>
/// <remarks>A slice in each transaction, for there may be very many, and nobody's attempts can be recorded while they are changed.</remarks>
public sealed record RecoverWebhookCommand(Actor Actor, string WebhookId, RecoverWebhookRequest Request) : IRequest<Result<RecoverWebhookResponse>>;

/// <param name="Count">How many deliveries were put back at the start of the retry schedule.</param>
public sealed record RecoverWebhookResponse(int Count);

sealed class RecoverWebhookHandler(
    IUnitOfWork unitOfWork,
    IWorkspaceRepository workspaces,
    IWebhookRepository webhooks,
    IDeliveryRepository deliveries,
    IDispatchSignal dispatchers,
    SliceTurns turns,
    IdempotencyContext idempotency) : IRequestHandler<RecoverWebhookCommand, Result<RecoverWebhookResponse>>
{
    public async Task<Result<RecoverWebhookResponse>> Handle(RecoverWebhookCommand command, CancellationToken cancellationToken)
    {
        var claim = idempotency.SetAside();
        var (from, count) = (command.Request.Since, 0);
        while (true)
        {
            // For each slice anew: a change of another webhook need not wait until all are done.
            using var turn = await turns.EnterAsync(command.Actor.WorkspaceId, cancellationToken);
            var end = await deliveries.FindSliceEndAsync(command.Actor.WorkspaceId, command.WebhookId, from, cancellationToken);

            // What the last one commits is the answer.
            if (end is null)
                idempotency.Claim = claim;
            var recovered = await RecoverAsync(command, from, end, count, cancellationToken);
            if (!recovered.IsSuccess)
                return recovered;
            dispatchers.Wake();
            if (end is null)
                return recovered;

            // Now it is begun, and goes on without whoever asked for it.
            (from, count, cancellationToken) = (end.Value, recovered.Value.Count, CancellationToken.None);
        }
    }

    Task<Result<RecoverWebhookResponse>> RecoverAsync(
        RecoverWebhookCommand command, DateTimeOffset from, DateTimeOffset? until, int before, CancellationToken cancellationToken) =>
        unitOfWork.ExecuteAsync<RecoverWebhookResponse>(
            async token =>
            {
                // Locked, so that the webhook is not disabled or deleted between the look at it and the commit.
                var workspace = await workspaces.GetForUpdateAsync(command.Actor.WorkspaceId, token);
                if (await webhooks.FindAsync(workspace.Id, command.WebhookId, token) is not { } webhook)
                    return WebhookErrors.NotFound;
                if (!webhook.Enabled)
                    return WebhookErrors.Disabled;
                return new RecoverWebhookResponse(before + await deliveries.RecoverAsync(webhook.Id, from, until, token));
            },
            cancellationToken);
}
