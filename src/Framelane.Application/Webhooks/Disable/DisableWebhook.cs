using Framelane.Application.Abstractions;
using Framelane.Domain.Audit;
using Framelane.Domain.Common;
using Framelane.Domain.Webhooks;
using Framelane.Domain.Workspaces;
using MediatR;

namespace Framelane.Application.Webhooks.Disable;

/// <summary>
/// Disables a webhook because of how its receiver behaves; sent by dispatchers. With it end so many of its deliveries as are one transaction's: the rest is
/// the sender's to have ended (<see cref="PendingDeliveries.EndAllAsync"/>), who has others to disable meanwhile.
/// </summary>
/// <param name="Reason"><see cref="DisabledReasons.Gone"/> or <see cref="DisabledReasons.Failing"/>.</param>
/// <param name="FailingSinceBefore">
/// For <see cref="DisabledReasons.Failing"/>: disable only if it still fails since then, for its owner may just have mended it.
/// </param>
/// <param name="GoneFrom">
/// For <see cref="DisabledReasons.Gone"/>: the url that answered so; disable only if that is still the webhook's, for it may just have moved away.
/// </param>
public sealed record DisableWebhookCommand(
    WorkspaceId WorkspaceId,
    WebhookId WebhookId,
    string Reason,
    DateTimeOffset? FailingSinceBefore,
    string? GoneFrom) : IRequest<Result<bool>>;

sealed class DisableWebhookHandler(
    IUnitOfWork unitOfWork,
    IWorkspaceRepository workspaces,
    IWebhookRepository webhooks,
    IDeliveryRepository deliveries,
    IAuditLog audit,
    IMailOutbox mails,
    TimeProvider time) : IRequestHandler<DisableWebhookCommand, Result<bool>>
{
    public Task<Result<bool>> Handle(DisableWebhookCommand command, CancellationToken cancellationToken) =>
        unitOfWork.ExecuteAsync<bool>(
            async token =>
            {
                var workspace = await workspaces.GetForUpdateAsync(command.WorkspaceId, token);
                if (await webhooks.FindAsync(workspace.Id, command.WebhookId.Value, token) is not { } webhook)
                    return false;
                if (command.FailingSinceBefore is { } before && !(webhook.FailingSince <= before))
                    return false;
                if (command.GoneFrom is { } url && url != webhook.Url)
                    return false;
                if (!webhook.Disable(command.Reason))
                    return false;

                await deliveries.DeadLetterPendingAsync(webhook.Id, token);
                workspace.ChangeEndpoints();
                audit.Add(AuditEntry.Of(AuditActions.WebhookDisabled, webhook.Id.Value, Actor.System(workspace.Id), time.GetUtcNow()));
                if (workspace.Email is { } address)
                    mails.Add(DisabledMail.To(address, workspace, webhook));
                return true;
            },
            cancellationToken);
}
