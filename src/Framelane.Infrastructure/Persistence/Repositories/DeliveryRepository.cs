using Framelane.Application.Abstractions;
using Framelane.Application.Common;
using Framelane.Application.Deliveries;
using Framelane.Domain.Deliveries;
using Framelane.Domain.Webhooks;
using Framelane.Domain.Workspaces;
using Framelane.Infrastructure.Persistence.Model;
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

    /// <remarks>Whatever became of them, so that it is read from the index alone.</remarks>
    public async Task<DateTimeOffset?> FindSliceEndAsync(WorkspaceId workspaceId, string webhookId, DateTimeOffset from, CancellationToken cancellationToken)
    {
        if (WebhookId.TryParse(webhookId) is not { } id || !await db.Webhooks.AnyAsync(webhook => webhook.Id == id && webhook.WorkspaceId == workspaceId, cancellationToken))
            return null;
        var end = await Made(db, id, from).Skip(IDeliveryRepository.SliceSize).FirstOrDefaultAsync(cancellationToken);

        // Those of one moment are not told apart, and taken together.
        return end <= from ? from + UnixMicroseconds.Step : end;
    }

    public Task<int> RecoverAsync(WebhookId webhookId, DateTimeOffset from, DateTimeOffset? until, CancellationToken cancellationToken) =>
        provider.RecoverAsync(db, webhookId, from, until ?? DateTimeOffset.MaxValue, time.GetUtcNow(), cancellationToken);

    public Task<int> DeadLetterPendingAsync(WebhookId webhookId, CancellationToken cancellationToken) =>
        EndPendingAsync(webhookId, DeliveryState.EndpointDisabled, cancellationToken);

    public Task<int> CancelPendingAsync(WebhookId webhookId, CancellationToken cancellationToken) =>
        EndPendingAsync(webhookId, DeliveryState.Cancelled, cancellationToken);

    internal static IQueryable<DateTimeOffset?> Made(FramelaneDbContext db, WebhookId webhookId, DateTimeOffset from) => db.Deliveries
        .Where(delivery => delivery.WebhookId == webhookId && delivery.CreatedAt >= from)
        .OrderBy(delivery => delivery.CreatedAt)
        .Select(delivery => (DateTimeOffset?)delivery.CreatedAt);

    /// <remarks>
    /// The fence stays: an attempt that runs at this moment was started before, and what comes of it is still recorded. The lane is the
    /// webhook's id, which the claim index begins with.
    /// </remarks>
    Task<int> EndPendingAsync(WebhookId webhookId, DeliveryState state, CancellationToken cancellationToken)
    {
        var lane = webhookId.Value;
        return db.Deliveries
            .Where(delivery => delivery.Lane == lane && delivery.State == DeliveryState.Pending)
            .OrderBy(delivery => delivery.NextAttemptAt)
            .Take(IDeliveryRepository.SliceSize)
            .ExecuteUpdateAsync(row => row.SetProperty(delivery => delivery.State, state), cancellationToken);
    }
}
