using Framelane.Domain.Webhooks;
using Framelane.Domain.Workspaces;

namespace Framelane.Domain.Deliveries;

/// <summary>An attempt that was made and has ended. Written by the dispatcher's store, read by the lists; never changed.</summary>
public sealed class DeliveryAttempt
{
    /// <summary>The first bytes of an answer that are kept.</summary>
    public const int MaxResponseBody = 4096;

    DeliveryAttempt()
    {
    }

    public AttemptId Id { get; private set; }

    public DeliveryId DeliveryId { get; private set; }

    public WorkspaceId WorkspaceId { get; private set; }

    public WebhookId? WebhookId { get; private set; }

    public string EventType { get; private set; } = "";

    public string? JobId { get; private set; }

    public int AttemptNumber { get; private set; }

    public AttemptStatus Status { get; private set; }

    /// <summary>When the attempt was scheduled.</summary>
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>When its permit was checked, the last moment before its first byte was given to the socket.</summary>
    public DateTimeOffset AttemptedAt { get; private set; }

    public DateTimeOffset EndedAt { get; private set; }

    public int? StatusCode { get; private set; }

    /// <summary>Why there was no answer; null where there was one.</summary>
    public string? FailureReason { get; private set; }

    /// <summary>The first <see cref="MaxResponseBody"/> bytes of the answer, as text.</summary>
    public string? ResponseBody { get; private set; }

    public DateTimeOffset? NextRetryAt { get; private set; }

    /// <summary>The workspace's epoch that it was signed and sent under.</summary>
    public long Epoch { get; private set; }

    /// <summary>How many secrets signed it: 2 while a grace ran.</summary>
    public int Signatures { get; private set; }
}
