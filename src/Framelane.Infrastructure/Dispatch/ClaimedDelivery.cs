using Framelane.Domain.Workspaces;

namespace Framelane.Infrastructure.Dispatch;

/// <summary>A delivery under lease, with all that its next attempt needs. Ids are as stored.</summary>
sealed class ClaimedDelivery
{
    /// <summary>
    /// Bytes of a body that is read with the claim. Thousands of deliveries wait at a time, and a body may be hundreds of times as long.
    /// </summary>
    public const int MaxBodyAhead = 8192;

    public required string Id { get; init; }

    /// <summary>Where the store that claimed it finds it again, if it has a shorter way than the id.</summary>
    public long Row { get; init; }

    public required WorkspaceId WorkspaceId { get; init; }

    public required string EventId { get; init; }

    public required string EventType { get; init; }

    public required string? JobId { get; init; }

    /// <summary>Null for a single job's own target, which <see cref="Url"/> then names.</summary>
    public required string? WebhookId { get; init; }

    public required string? Url { get; init; }

    public required string Lane { get; init; }

    public required bool OneShot { get; init; }

    public required string AttemptId { get; init; }

    public required int AttemptNumber { get; init; }

    public required int Step { get; init; }

    public required DateTimeOffset ScheduledAt { get; init; }

    /// <summary>When the attempt was to be made.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>What the claim raised the delivery's fence to; nothing is recorded under an older one.</summary>
    public required long Fence { get; init; }

    /// <summary>Null where it is longer than <see cref="MaxBodyAhead"/> and its attempt does not run: it is read when that begins.</summary>
    public required byte[]? Body { get; set; }

    /// <summary>The W3C trace context of the request that wrote the event, if one did.</summary>
    public string? TraceParent { get; init; }

    /// <summary>When the claim was sent, on the monotonic clock: the lease counts from then.</summary>
    public long ClaimedAt { get; set; }

    /// <summary>The longest due first: databases give back what they changed in an order of their own.</summary>
    public static int ByDue(ClaimedDelivery left, ClaimedDelivery right)
    {
        var order = left.DueAt.CompareTo(right.DueAt);
        return order != 0 ? order : string.CompareOrdinal(left.Id, right.Id);
    }
}
