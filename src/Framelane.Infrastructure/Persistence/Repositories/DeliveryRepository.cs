using Framelane.Application.Abstractions;
using Framelane.Application.Common;
using Framelane.Application.Deliveries;
using Framelane.Domain.Deliveries;
using Framelane.Domain.Webhooks;
using Framelane.Domain.Workspaces;
using Microsoft.EntityFrameworkCore;

namespace Framelane.Infrastructure.Persistence.Repositories;

sealed class DeliveryRepository(FramelaneDbContext db, IDatabaseProvider provider, TimeProvider time) : IDeliveryRepository
{
    public Task<Page<AttemptResponse>> ListAttemptsAsync(
        WorkspaceId workspaceId,
        AttemptFilter filter,
        PageRequest page,
        CancellationToken cancellationToken) => new AttemptList(db, workspaceId, filter).ReadAsync(page, cancellationToken);

    public async Task<Delivery?> FindForUpdateAsync(WorkspaceId workspaceId, string deliveryId, CancellationToken cancellationToken) =>
        DeliveryId.TryParse(deliveryId) is { } id
            ? await provider.LockDeliveryAsync(db, workspaceId, id, cancellationToken)
            : null;

    public Task<int> RecoverAsync(WebhookId webhookId, DateTimeOffset since, CancellationToken cancellationToken) =>
        provider.RecoverAsync(db, webhookId, since, time.GetUtcNow(), cancellationToken);

    public Task DeadLetterPendingAsync(WebhookId webhookId, CancellationToken cancellationToken) =>
        EndPendingAsync(webhookId, DeliveryState.EndpointDisabled, cancellationToken);

    public Task CancelPendingAsync(WebhookId webhookId, CancellationToken cancellationToken) =>
        EndPendingAsync(webhookId, DeliveryState.Cancelled, cancellationToken);

    /// <remarks>
    /// The fence stays: an attempt that runs at this moment was started before, and what comes of it is still recorded. The lane is the
    /// webhook's id, which the claim index begins with.
    /// </remarks>
    Task<int> EndPendingAsync(WebhookId webhookId, DeliveryState state, CancellationToken cancellationToken)
    {
        var lane = webhookId.Value;
        return db.Deliveries
            .Where(delivery => delivery.Lane == lane && delivery.State == DeliveryState.Pending)
            .ExecuteUpdateAsync(row => row.SetProperty(delivery => delivery.State, state), cancellationToken);
    }
}
