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

    public async Task<DateTimeOffset?> FindSliceEndAsync(WorkspaceId workspaceId, string webhookId, DateTimeOffset from, CancellationToken cancellationToken)
    {
        if (WebhookId.TryParse(webhookId) is not { } id || !await db.Webhooks.AnyAsync(webhook => webhook.Id == id && webhook.WorkspaceId == workspaceId, cancellationToken))
            return null;
        var end = await Made(provider.OfRecoverIndex(db), id, from).Skip(IDeliveryRepository.SliceSize).FirstOrDefaultAsync(cancellationToken);

        // Those of one moment are not told apart, and taken together.
        return end <= from ? from + UnixMicroseconds.Step : end;
    }

    public Task<int> RecoverAsync(WebhookId webhookId, DateTimeOffset from, DateTimeOffset? until, CancellationToken cancellationToken) =>
        provider.RecoverAsync(db, webhookId, from, until ?? DateTimeOffset.MaxValue, time.GetUtcNow(), cancellationToken);

    public Task<int> DeadLetterPendingAsync(WebhookId webhookId, CancellationToken cancellationToken) =>
        EndPendingAsync(webhookId, DeliveryState.EndpointDisabled, cancellationToken);

    public Task<int> CancelPendingAsync(WebhookId webhookId, CancellationToken cancellationToken) =>
        EndPendingAsync(webhookId, DeliveryState.Cancelled, cancellationToken);

    /// <remarks>Whatever became of them, where the index knows all: it is read from that alone.</remarks>
    internal static IQueryable<DateTimeOffset?> Made(IQueryable<Delivery> deliveries, WebhookId webhookId, DateTimeOffset from) => deliveries
        .Where(delivery => delivery.WebhookId == webhookId && delivery.CreatedAt >= from)
        .OrderBy(delivery => delivery.CreatedAt)
        .Select(delivery => (DateTimeOffset?)delivery.CreatedAt);

    /// <remarks>
    /// The fence stays: an attempt that runs at this moment was started before, and what comes of it is still recorded. The lane is the
    /// webhook's id, which the claim index begins with. That they are pending is asked again of each row: while its lock was waited for, it may
    /// have succeeded.
    /// </remarks>
    async Task<int> EndPendingAsync(WebhookId webhookId, DeliveryState state, CancellationToken cancellationToken)
    {
        var lane = webhookId.Value;
        var ids = await db.Deliveries
            .Where(delivery => delivery.Lane == lane && delivery.State == DeliveryState.Pending)
            .OrderBy(delivery => delivery.NextAttemptAt)
            .Select(delivery => delivery.Id)
            .Take(IDeliveryRepository.SliceSize)
            .ToListAsync(cancellationToken);
        await db.Deliveries
            .Where(delivery => ids.Contains(delivery.Id) && delivery.State == DeliveryState.Pending)
            .ExecuteUpdateAsync(row => row.SetProperty(delivery => delivery.State, state), cancellationToken);
        return ids.Count;
    }
}
