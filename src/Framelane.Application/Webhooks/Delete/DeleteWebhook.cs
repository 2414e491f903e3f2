using Framelane.Application.Abstractions;
using Framelane.Domain.Audit;
using Framelane.Domain.Common;
using MediatR;

namespace Framelane.Application.Webhooks.Delete;

/// <summary>Deletes a webhook and cancels its deliveries; no attempt at it starts after the answer.</summary>
public sealed record DeleteWebhookCommand(Actor Actor, string WebhookId) : IRequest<Result<Unit>>;

sealed class DeleteWebhookHandler(
    IUnitOfWork unitOfWork,
    IWorkspaceRepository workspaces,
    IWebhookRepository webhooks,
    IDeliveryRepository deliveries,
    IAuditLog audit,
    TimeProvider time) : IRequestHandler<DeleteWebhookCommand, Result<Unit>>
{
    public Task<Result<Unit>> Handle(DeleteWebhookCommand command, CancellationToken cancellationToken) =>
        unitOfWork.ExecuteAsync<Unit>(
            async token =>
            {
                var workspace = await workspaces.GetForUpdateAsync(command.Actor.WorkspaceId, token);
                if (await webhooks.FindAsync(workspace.Id, command.WebhookId, token) is not { } webhook)
                    return WebhookErrors.NotFound;

                webhooks.Remove(webhook);
                await deliveries.CancelPendingAsync(webhook.Id, token);
                workspace.ChangeEndpoints();
                audit.Add(AuditEntry.Of(AuditActions.WebhookDeleted, webhook.Id.Value, command.Actor, time.GetUtcNow()));
                return Unit.Value;
            },
            cancellationToken);
}
