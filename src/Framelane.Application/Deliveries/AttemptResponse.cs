using Framelane.Domain.Deliveries;

namespace Framelane.Application.Deliveries;

/// <summary>One attempt at a delivery, as the API shows it: made, running or scheduled.</summary>
public sealed record AttemptResponse
{
    public required string Id { get; init; }

    public required string DeliveryId { get; init; }

    /// <summary>Null for a delivery to the <c>webhook_url</c> of a single job.</summary>
    public required string? WebhookId { get; init; }

    public required string EventType { get; init; }

    /// <summary>From 1.</summary>
    public required int AttemptNumber { get; init; }

    public required AttemptStatus Status { get; init; }

    /// <summary>When it was scheduled.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    public required string? JobId { get; init; }

    /// <summary>The receiver's answer; null where none came.</summary>
    public required int? StatusCode { get; init; }

    /// <summary>The first 4 KiB of the receiver's answer.</summary>
    public required string? ResponseBody { get; init; }

    /// <summary>When it was made; null while it is scheduled, and where it never was.</summary>
    public required DateTimeOffset? AttemptedAt { get; init; }

    /// <summary>When the next attempt is made, or this one while it is scheduled.</summary>
    public required DateTimeOffset? NextRetryAt { get; init; }

    /// <summary>Why there was no answer, such as <c>timeout</c> or <c>endpoint_disabled</c>; null where there was one.</summary>
    public required string? FailureReason { get; init; }
}
