using Framelane.Application.Abstractions;
using Framelane.Application.Deliveries;
using Framelane.Domain.Deliveries;

namespace Framelane.Infrastructure.Dispatch;

/// <summary>Makes a ping's one attempt in the request that asked for it.</summary>
sealed class PingSender(IDispatchStore store, AttemptSender sender, AttemptRecorder recorder) : IPingSender
{
    public async Task<AttemptResponse?> SendAsync(PingTicket ticket, CancellationToken cancellationToken)
    {
        if (await store.FindLeasedAsync(ticket.DeliveryId, ticket.Fence, cancellationToken) is not { } delivery
            || (delivery.Body ??= await store.ReadBodyAsync(delivery.EventId, cancellationToken)) is null)
            return null;
        var recorded = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        // Sent and recorded whether or not the caller still waits: an attempt that was made must be known.
        var outcome = await sender.SendAsync(delivery, recorded, CancellationToken.None);
        recorder.Record(outcome);
        if (outcome.Finished is not { } finished)
            return Unmade(delivery);
        await recorded.Task.WaitAsync(cancellationToken);
        return Made(finished);
    }

    static AttemptResponse Made(FinishedAttempt finished) => Unmade(finished.Delivery) with
    {
        Status = finished.Verdict.Status,
        StatusCode = finished.Result.StatusCode,
        ResponseBody = finished.ResponseBody,
        AttemptedAt = finished.StartedAt,
        NextRetryAt = finished.Verdict.NextAttemptAt,
        FailureReason = finished.Result.FailureReason,
    };

    static AttemptResponse Unmade(ClaimedDelivery delivery) => new()
    {
        Id = delivery.AttemptId,
        DeliveryId = delivery.Id,
        WebhookId = delivery.WebhookId,
        EventType = delivery.EventType,
        AttemptNumber = delivery.AttemptNumber,
        Status = AttemptStatus.DeadLettered,
        CreatedAt = delivery.ScheduledAt,
        JobId = delivery.JobId,
        StatusCode = null,
        ResponseBody = null,
        AttemptedAt = null,
        NextRetryAt = null,
        FailureReason = "endpoint_disabled",
    };
}
