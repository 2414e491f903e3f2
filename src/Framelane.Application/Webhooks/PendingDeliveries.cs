using Framelane.Application.Abstractions;
using Framelane.Domain.Webhooks;
using Framelane.Domain.Workspaces;

namespace Framelane.Application.Webhooks;

/// <summary>
/// Ends what a webhook has waiting that was disabled or deleted, a slice in each transaction: a receiver that has been dead for a day may have
/// hundreds of thousands, and meanwhile nobody's attempts could be recorded.
/// </summary>
/// <remarks>The first slice goes with the change itself. Where a process dies before the last, dispatchers end the rest one by one as they come due.</remarks>
public sealed class PendingDeliveries(IUnitOfWork unitOfWork, IWorkspaceRepository workspaces, IWebhookRepository webhooks, IDeliveryRepository deliveries)
{
    /// <param name="ended">What went with the change.</param>
    public async Task EndRestAsync(WorkspaceId workspaceId, WebhookId webhookId, int ended, CancellationToken cancellationToken)
    {
        while (ended == IDeliveryRepository.SliceSize)
            ended = (await unitOfWork.ExecuteAsync<int>(async token => await EndSliceAsync(workspaceId, webhookId, token), cancellationToken)).Value;
    }

    async Task<int> EndSliceAsync(WorkspaceId workspaceId, WebhookId webhookId, CancellationToken cancellationToken)
    {
        // Under the lock, for it may have been enabled in between: what it has waiting then is to be sent.
        await workspaces.GetForUpdateAsync(workspaceId, cancellationToken);
        return await webhooks.FindAsync(workspaceId, webhookId.Value, cancellationToken) switch
        {
            null => await deliveries.CancelPendingAsync(webhookId, cancellationToken),
            { Enabled: false } => await deliveries.DeadLetterPendingAsync(webhookId, cancellationToken),
            _ => 0,
        };
    }
}
