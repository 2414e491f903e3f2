using AutoMapper;
using Framelane.Application.Abstractions;
using Framelane.Domain.Audit;
using Framelane.Domain.Common;
using Framelane.Domain.Webhooks;
using MediatR;

namespace Framelane.Application.Webhooks.Update;

sealed class UpdateWebhookHandler(
    IUnitOfWork unitOfWork,
    IWorkspaceRepository workspaces,
    IWebhookRepository webhooks,
    IDeliveryRepository deliveries,
    IAuditLog audit,
    IMapper mapper,
    TimeProvider time) : IRequestHandler<UpdateWebhookCommand, Result<WebhookResponse>>
{
    public Task<Result<WebhookResponse>> Handle(UpdateWebhookCommand command, CancellationToken cancellationToken) =>
        unitOfWork.ExecuteAsync<WebhookResponse>(
            async token =>
            {
                var workspace = await workspaces.GetForUpdateAsync(command.Actor.WorkspaceId, token);
                if (await webhooks.FindAsync(workspace.Id, command.WebhookId, token) is not { } webhook)
                    return WebhookErrors.NotFound;

                if (await ApplyAsync(command.Request, webhook, token))
                    workspace.ChangeEndpoints();
                else if (command.Request is { Url.IsGiven: true } or { Enabled.IsGiven: true })
                    workspace.RepeatChange();
                audit.Add(AuditEntry.Of(AuditActions.WebhookUpdated, webhook.Id.Value, command.Actor, time.GetUtcNow()));
                return mapper.Map<WebhookResponse>(webhook);
            },
            cancellationToken);

    /// <returns>Whether anything changed that dispatchers go by.</returns>
    async Task<bool> ApplyAsync(UpdateWebhookRequest request, Webhook webhook, CancellationToken cancellationToken)
    {
        if (request.Description.IsGiven)
            webhook.Describe(request.Description.Value);
        if (request.Events.IsGiven)
            webhook.Subscribe(WebhookRules.Normalize(request.Events.Value));

        var changed = request.Url.IsGiven && webhook.MoveTo(request.Url.Value);
        if (!request.Enabled.IsGiven)
            return changed;
        if (request.Enabled.Value)
            return webhook.Enable() || changed;
        if (!webhook.Disable(DisabledReasons.ByOwner))
            return changed;
        await deliveries.DeadLetterPendingAsync(webhook.Id, cancellationToken);
        return true;
    }
}
