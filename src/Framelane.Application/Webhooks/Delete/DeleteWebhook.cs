using Framelane.Application.Abstractions;
using Framelane.Domain.Audit;
using Framelane.Domain.Common;
using Framelane.Domain.Webhooks;
using MediatR;

namespace Framelane.Application.Webhooks.Delete;

/// <summary>Deletes a webhook and cancels its deliveries; no attempt at it starts after the answer, be it that it is gone already.</summary>
public sealed record DeleteWebhookCommand(Actor Actor, string WebhookId) : IRequest<Result<Unit>>;

sealed class DeleteWebhookHandler(
    IUnitOfWork unitOfWork,
    IWorkspaceRepository workspaces,
    IWebhookRepository webhooks,
    IDeliveryRepository deliveries,
    PendingDeliveries pending,
    IAuditLog audit,
    TimeProvider time) : IRequestHandler<DeleteWebhookCommand, Result<Unit>>
{
    public async Task<Result<Unit>> Handle(DeleteWebhookCommand command, CancellationToken cancellationToken)
    {
        var (id, ended) = (default(WebhookId), 0);
        var found = await unitOfWork.ExecuteAsync<bool>(
            async token =>
            {
                var workspace = await workspaces.GetForUpdateAsync(command.Actor.WorkspaceId, token);
                if (await webhooks.FindAsync(workspace.Id, command.WebhookId, token) is not { } webhook)
                {
                    // Its deletion may have been committed by a node that died before it could answer; what is gone must not be sent to.
                    workspace.RepeatChange();
                    return false;
                }

                webhooks.Remove(webhook);
                (id, ended) = (webhook.Id, await deliveries.CancelPendingAsync(webhook.Id, token));
                workspace.ChangeEndpoints();
                audit.Add(AuditEntry.Of(AuditActions.WebhookDeleted, webhook.Id.Value, command.Actor, time.GetUtcNow()));
                return true;
            },
            cancellationToken);
        await pending.EndRestAsync(command.Actor.WorkspaceId, id, ended);
        return !found.IsSuccess ? found.Error : found.Value ? Unit.Value : WebhookErrors.NotFound;
    }
}
