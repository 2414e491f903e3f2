namespace Framelane.Domain.Deliveries;

/// <summary>What came of an attempt that was sent.</summary>
/// <param name="StatusCode">The receiver's status; null where none came.</param>
/// <param name="FailureReason">
/// A stable word for why there was no answer, such as <c>timeout</c> or <c>forbidden_target</c>; null where there was one.
/// </param>
/// <param name="RetryAfter">What the receiver asked for in <c>Retry-After</c>, if it did.</param>
public readonly record struct AttemptResult(int? StatusCode, string? FailureReason, TimeSpan? RetryAfter)
{
    /// <summary>A receiver takes a delivery by a 2xx, and by nothing else.</summary>
    public bool IsSuccess => FailureReason is null && StatusCode is >= 200 and <= 299;

    /// <summary>410: the endpoint is gone and wants nothing more.</summary>
    public bool IsGone => FailureReason is null && StatusCode == 410;

    /// <summary>Only these two answers may set the time of the next attempt.</summary>
    public bool AsksToWait => FailureReason is null && StatusCode is 429 or 503 && RetryAfter is not null;

    public static AttemptResult Answered(int statusCode, TimeSpan? retryAfter = null) => new(statusCode, null, retryAfter);

    public static AttemptResult Failed(string reason) => new(null, reason, null);
}
