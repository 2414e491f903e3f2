using Framelane.Application.Abstractions;
using Framelane.Application.Deliveries;

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
            return null;
        await recorded.Task.WaitAsync(cancellationToken);
        return Answer(finished);
    }

    static AttemptResponse Answer(FinishedAttempt finished) => new()
    {
        Id = finished.Delivery.AttemptId,
        DeliveryId = finished.Delivery.Id,
        WebhookId = finished.Delivery.WebhookId,
        EventType = finished.Delivery.EventType,
        AttemptNumber = finished.Delivery.AttemptNumber,
        Status = finished.Verdict.Status,
        CreatedAt = finished.Delivery.ScheduledAt,
        JobId = finished.Delivery.JobId,
        StatusCode = finished.Result.StatusCode,
        ResponseBody = finished.ResponseBody,
        AttemptedAt = finished.StartedAt,
        NextRetryAt = finished.Verdict.NextAttemptAt,
        FailureReason = finished.Result.FailureReason,
    };
}
