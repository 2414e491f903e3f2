using Framelane.Application.Abstractions;
using Framelane.Domain.Webhooks;
using Framelane.Domain.Workspaces;
using Microsoft.Extensions.Logging;

namespace Framelane.Application.Webhooks;

/// <summary>
/// Ends what a webhook has waiting that was disabled or deleted, a slice in each transaction: a receiver that has been dead for a day may have
/// hundreds of thousands, and meanwhile nobody's attempts could be recorded.
/// </summary>
/// <remarks>
/// The first slice goes with the change itself. Where a process dies before the last, or a slice fails, dispatchers end the rest one by one as
/// they come due.
/// </remarks>
public sealed partial class PendingDeliveries(
    IUnitOfWork unitOfWork,
    IWorkspaceRepository workspaces,
    IWebhookRepository webhooks,
    IDeliveryRepository deliveries,
    SliceTurns turns,
    ILogger<PendingDeliveries> logger)
{
    /// <summary>Whoever asked for the change has it already: neither a failure nor that they have gone changes anything.</summary>
    /// <param name="ended">What went with the change.</param>
    public Task EndRestAsync(WorkspaceId workspaceId, WebhookId webhookId, int ended) =>
        ended < IDeliveryRepository.SliceSize ? Task.CompletedTask : EndAllAsync(workspaceId, webhookId, CancellationToken.None);

    /// <summary>Unless it is enabled in between. Never throws.</summary>
    /// <param name="stop">A process's own stop.</param>
    public async Task EndAllAsync(WorkspaceId workspaceId, WebhookId webhookId, CancellationToken stop)
    {
        try
        {
            while (await EndOneAsync(workspaceId, webhookId, stop) == IDeliveryRepository.SliceSize)
            {
            }
        }
        catch (Exception failure)
        {
            LogLeft(failure, webhookId);
        }
    }

    async Task<int> EndOneAsync(WorkspaceId workspaceId, WebhookId webhookId, CancellationToken stop)
    {
        using var turn = await turns.EnterAsync(workspaceId, stop);
        return (await unitOfWork.ExecuteAsync<int>(async token => await EndSliceAsync(workspaceId, webhookId, token), stop)).Value;
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

    [LoggerMessage(LogLevel.Warning, "Not all that {Webhook} had waiting could be ended at once; the rest ends as it comes due")]
    partial void LogLeft(Exception failure, WebhookId webhook);
}
