using Framelane.Application.Abstractions;
using Framelane.Domain.Audit;
using Framelane.Domain.Common;
using Framelane.Domain.Workspaces;
using MediatR;

namespace Framelane.Application.Webhooks.RotateSecret;

sealed class RotateWebhookSecretHandler(
    IUnitOfWork unitOfWork,
    IWorkspaceRepository workspaces,
    IWebhookRepository webhooks,
    ISecretProtector protector,
    IAuditLog audit,
    TimeProvider time) : IRequestHandler<RotateWebhookSecretCommand, Result<WebhookRotateResponse>>
{
    public Task<Result<WebhookRotateResponse>> Handle(RotateWebhookSecretCommand command, CancellationToken cancellationToken) =>
        unitOfWork.ExecuteAsync<WebhookRotateResponse>(
            async token =>
            {
                var workspace = await workspaces.GetForUpdateAsync(command.Actor.WorkspaceId, token);
                if (await webhooks.FindAsync(workspace.Id, command.WebhookId, token) is not { } webhook)
                    return WebhookErrors.NotFound;

                var now = time.GetUtcNow();
                var secret = SigningSecret.Generate();
                workspace.RotateSigningKey(
                    protector.Seal(workspace.Id, workspace.NextEpoch, secret),
                    GracePeriod.OfSeconds(command.Request.GracePeriodSeconds),
                    now);
                audit.Add(AuditEntry.Of(AuditActions.SecretRotated, webhook.Id.Value, command.Actor, now));
                return new WebhookRotateResponse(secret.Reveal());
            },
            cancellationToken);
}
