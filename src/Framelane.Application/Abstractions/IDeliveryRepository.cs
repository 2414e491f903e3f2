using Framelane.Application.Common;
using Framelane.Application.Deliveries;
using Framelane.Domain.Deliveries;
using Framelane.Domain.Webhooks;
using Framelane.Domain.Workspaces;

namespace Framelane.Application.Abstractions;

public interface IDeliveryRepository
{
    /// <summary>Attempts, the scheduled and running ones among them, newest first.</summary>
    Task<Page<AttemptResponse>> ListAttemptsAsync(WorkspaceId workspaceId, AttemptFilter filter, PageRequest page, CancellationToken cancellationToken);

    /// <summary>The delivery, locked until the transaction ends; null where there is none or it is another workspace's.</summary>
    Task<Delivery?> FindForUpdateAsync(WorkspaceId workspaceId, string deliveryId, CancellationToken cancellationToken);

    /// <summary>Puts every delivery of the webhook since then that did not succeed back at the start of the schedule.</summary>
    /// <returns>How many.</returns>
    Task<int> RecoverAsync(WebhookId webhookId, DateTimeOffset since, CancellationToken cancellationToken);

    /// <summary>Lets the webhook's pending deliveries die because it is disabled.</summary>
    Task DeadLetterPendingAsync(WebhookId webhookId, CancellationToken cancellationToken);

    /// <summary>Cancels the webhook's pending deliveries because it is deleted.</summary>
    Task CancelPendingAsync(WebhookId webhookId, CancellationToken cancellationToken);
}
