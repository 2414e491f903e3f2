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
    PendingDeliveries pending,
    IAuditLog audit,
    IMapper mapper,
    TimeProvider time) : IRequestHandler<UpdateWebhookCommand, Result<WebhookResponse>>
{
    public async Task<Result<WebhookResponse>> Handle(UpdateWebhookCommand command, CancellationToken cancellationToken)
    {
        var (id, ended) = (default(WebhookId), 0);
        var updated = await unitOfWork.ExecuteAsync<WebhookResponse>(
            async token =>
            {
                var workspace = await workspaces.GetForUpdateAsync(command.Actor.WorkspaceId, token);
                if (await webhooks.FindAsync(workspace.Id, command.WebhookId, token) is not { } webhook)
                    return WebhookErrors.NotFound;

                if (Apply(command.Request, webhook, out var isDisabled))
                    workspace.ChangeEndpoints();
                else if (command.Request is { Url.IsGiven: true } or { Enabled.IsGiven: true })
                    workspace.RepeatChange();
                (id, ended) = (webhook.Id, isDisabled ? await deliveries.DeadLetterPendingAsync(webhook.Id, token) : 0);
                audit.Add(AuditEntry.Of(AuditActions.WebhookUpdated, webhook.Id.Value, command.Actor, time.GetUtcNow()));
                return mapper.Map<WebhookResponse>(webhook);
            },
            cancellationToken);
        await pending.EndRestAsync(command.Actor.WorkspaceId, id, ended);
        return updated;
    }

    /// <param name="isDisabled">Whether it was enabled until now.</param>
    /// <returns>Whether anything changed that dispatchers go by.</returns>
    static bool Apply(UpdateWebhookRequest request, Webhook webhook, out bool isDisabled)
    {
        isDisabled = false;
        if (request.Description.IsGiven)
            webhook.Describe(request.Description.Value);
        if (request.Events.IsGiven)
            webhook.Subscribe(WebhookRules.Normalize(request.Events.Value));

        var changed = request.Url.IsGiven && webhook.MoveTo(request.Url.Value);
        if (!request.Enabled.IsGiven)
            return changed;
        if (request.Enabled.Value)
            return webhook.Enable() || changed;
        isDisabled = webhook.Disable(DisabledReasons.ByOwner);
        return isDisabled || changed;
    }
}
