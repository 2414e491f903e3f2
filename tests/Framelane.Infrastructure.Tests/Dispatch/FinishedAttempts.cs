using Framelane.Domain.Deliveries;
using Framelane.Infrastructure.Dispatch;

namespace Framelane.Infrastructure.Tests.Dispatch;

static class FinishedAttempts
{
    /// <summary>What came of a delivery that was attempted then.</summary>
    public static FinishedAttempt Of(
        ClaimedDelivery claimed, AttemptResult result, Verdict verdict, DateTimeOffset at, TimeSpan took = default, string? body = null, long epoch = 1, int signatures = 1) => new()
    {
        Delivery = claimed,
        Target = new("https://receiver.test/hook"),
        Result = result,
        ResponseBody = body,
        StartedAt = at,
        EndedAt = at + took,
        Epoch = epoch,
        Signatures = signatures,
        Verdict = verdict,
    };
}
