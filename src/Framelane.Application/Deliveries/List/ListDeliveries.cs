using Framelane.Application.Abstractions;
using Framelane.Application.Common;
using Framelane.Application.Webhooks;
using Framelane.Domain.Common;
using Framelane.Domain.Deliveries;
using Framelane.Domain.Webhooks;
using Framelane.Domain.Workspaces;
using MediatR;

namespace Framelane.Application.Deliveries.List;

/// <summary>Attempts of the workspace, newest first.</summary>
/// <param name="WebhookId">Only those at this webhook, which must be the workspace's own; null for all, single jobs' targets among them.</param>
public sealed record ListDeliveriesQuery(
    WorkspaceId WorkspaceId,
    string? WebhookId,
    AttemptStatus? Status,
    string? EventType,
    string? JobId,
    PageRequest Page) : IRequest<Result<Page<AttemptResponse>>>;

sealed class ListDeliveriesHandler(IDeliveryRepository deliveries, IWebhookRepository webhooks)
    : IRequestHandler<ListDeliveriesQuery, Result<Page<AttemptResponse>>>
{
    public async Task<Result<Page<AttemptResponse>>> Handle(ListDeliveriesQuery query, CancellationToken cancellationToken)
    {
        WebhookId? webhookId = null;
        if (query.WebhookId is not null)
        {
            if (await webhooks.FindAsync(query.WorkspaceId, query.WebhookId, cancellationToken) is not { } webhook)
                return WebhookErrors.NotFound;
            webhookId = webhook.Id;
        }

        return await deliveries.ListAttemptsAsync(
            query.WorkspaceId,
            new(webhookId, query.Status, query.EventType, query.JobId),
            query.Page,
            cancellationToken);
    }
}
