using System.Diagnostics;
using Framelane.Domain.Deliveries;
using Framelane.Infrastructure.Dispatch;
using Microsoft.Extensions.Logging;

namespace Framelane.Infrastructure.Telemetry;

/// <summary>An attempt as a part of the trace of the request that wrote its event. Of its target only the host's name is told.</summary>
static class AttemptSpan
{
    static readonly ActivitySource Source = new(FramelaneTelemetry.Name);

    /// <returns>Null where nobody traces, or where the request was not chosen to be traced.</returns>
    public static Activity? Start(ClaimedDelivery delivery)
    {
        if (!Source.HasListeners())
            return null;
        ActivityContext.TryParse(delivery.TraceParent, null, isRemote: true, out var request);
        return Source.StartActivity("webhook attempt", ActivityKind.Client, request)?
            .SetTag("framelane.event.type", delivery.EventType)
            .SetTag("framelane.attempt.number", delivery.AttemptNumber);
    }

    public static void End(Activity? span, Uri target, FinishedAttempt attempt)
    {
        if (span is null)
            return;
        span.SetTag("server.address", target.IdnHost).SetTag("framelane.outcome", NameOf(attempt.Verdict.Status));
        if (attempt.Result.StatusCode is { } status)
            span.SetTag("http.response.status_code", status);
        if (!attempt.Result.IsSuccess)
            span.SetStatus(ActivityStatusCode.Error, attempt.Result.FailureReason);
    }

    /// <summary>Gives what is logged of an attempt its trace id where no span does.</summary>
    public static IDisposable? BeginScope(ILogger logger, ClaimedDelivery delivery) =>
        Activity.Current is null && ActivityContext.TryParse(delivery.TraceParent, null, out var request)
            ? logger.BeginScope("TraceId:{TraceId}, SpanId:{SpanId}", request.TraceId.ToHexString(), request.SpanId.ToHexString())
            : null;

    static string NameOf(AttemptStatus status) => status switch
    {
        AttemptStatus.Succeeded => "succeeded",
        AttemptStatus.Failed => "failed",
        _ => "dead_lettered",
    };
}
