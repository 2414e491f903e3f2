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

    /// <summary>Deliveries that are changed together at most. Whoever records attempts waits while they are, of all workspaces.</summary>
    const int SliceSize = 1000;

    /// <summary>Where a slice of the webhook's deliveries ends that begins with those made then.</summary>
    /// <returns>The creation of the first delivery behind it; null where it is the last, or the workspace has no such webhook.</returns>
    Task<DateTimeOffset?> FindSliceEndAsync(WorkspaceId workspaceId, string webhookId, DateTimeOffset from, CancellationToken cancellationToken);

    /// <summary>Puts every delivery of the webhook that was made in that time and did not succeed back at the start of the schedule.</summary>
    /// <param name="until">Exclusive; null for all since then.</param>
    /// <returns>How many.</returns>
    Task<int> RecoverAsync(WebhookId webhookId, DateTimeOffset from, DateTimeOffset? until, CancellationToken cancellationToken);

    /// <summary>Lets pending deliveries of the webhook die because it is disabled: <see cref="SliceSize"/> at most.</summary>
    /// <returns>How many were pending; as many as a slice has, and there may be more.</returns>
    Task<int> DeadLetterPendingAsync(WebhookId webhookId, CancellationToken cancellationToken);

    /// <summary>Cancels pending deliveries of the webhook because it is deleted: <see cref="SliceSize"/> at most.</summary>
    /// <returns>As <see cref="DeadLetterPendingAsync"/>.</returns>
    Task<int> CancelPendingAsync(WebhookId webhookId, CancellationToken cancellationToken);
}
