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
public sealed record RecoverWebhookCommand(Actor Actor, string WebhookId, RecoverWebhookRequest Request) : IRequest<Result<RecoverWebhookResponse>>;

/// <param name="Count">How many deliveries were put back at the start of the retry schedule.</param>
public sealed record RecoverWebhookResponse(int Count);

sealed class RecoverWebhookHandler(
    IUnitOfWork unitOfWork,
    IWorkspaceRepository workspaces,
    IWebhookRepository webhooks,
    IDeliveryRepository deliveries,
    IDispatchSignal dispatchers) : IRequestHandler<RecoverWebhookCommand, Result<RecoverWebhookResponse>>
{
    public async Task<Result<RecoverWebhookResponse>> Handle(RecoverWebhookCommand command, CancellationToken cancellationToken)
    {
        var result = await unitOfWork.ExecuteAsync<RecoverWebhookResponse>(
            async token =>
            {
                // Locked, so that the webhook is not disabled or deleted between the look at it and the commit.
                var workspace = await workspaces.GetForUpdateAsync(command.Actor.WorkspaceId, token);
                if (await webhooks.FindAsync(workspace.Id, command.WebhookId, token) is not { } webhook)
                    return WebhookErrors.NotFound;
                if (!webhook.Enabled)
                    return WebhookErrors.Disabled;
                return new RecoverWebhookResponse(await deliveries.RecoverAsync(webhook.Id, command.Request.Since, token));
            },
            cancellationToken);
        if (result.IsSuccess)
            dispatchers.Wake();
        return result;
    }
}
