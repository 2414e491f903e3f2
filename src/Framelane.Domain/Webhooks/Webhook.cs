using Framelane.Domain.Workspaces;

namespace Framelane.Domain.Webhooks;

/// <summary>An endpoint of a workspace that receives its events.</summary>
/// <remarks>Whoever deletes, disables, enables or moves one also raises the workspace's epoch, in the same transaction.</remarks>
public sealed class Webhook
{
    public const int MaxUrlLength = 2083;
    public const int MaxDescriptionLength = 1000;

    Webhook()
    {
    }

    public WebhookId Id { get; private set; }

    public WorkspaceId WorkspaceId { get; private set; }

    public string Url { get; private set; } = "";

    /// <summary>The event types it asked for, each once, in the catalogue's order.</summary>
    public IReadOnlyList<string> Events { get; private set; } = [];

    public string? Description { get; private set; }

    public bool Enabled { get; private set; }

    /// <summary>One of <see cref="DisabledReasons"/> while it is disabled.</summary>
    public string? DisabledReason { get; private set; }

    /// <summary>Since when every attempt has failed; null after a success, and when it was enabled or moved.</summary>
    public DateTimeOffset? FailingSince { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset? LastDeliveryAt { get; private set; }

    public static Webhook Create(
        WebhookId id,
        WorkspaceId workspaceId,
        string url,
        IReadOnlyList<string> events,
        string? description,
        bool enabled,
        DateTimeOffset now) => new()
        {
            Id = id,
            WorkspaceId = workspaceId,
            Url = url,
            Events = events,
            Description = description,
            Enabled = enabled,
            DisabledReason = enabled ? null : DisabledReasons.ByOwner,
            CreatedAt = now,
        };

    public void Describe(string? description) => Description = description;

    public void Subscribe(IReadOnlyList<string> events) => Events = events;

    /// <summary>Sends to that address from now on; where it is another one, the count of failures starts anew.</summary>
    /// <returns>Whether that is another address than before.</returns>
    public bool MoveTo(string url)
    {
        if (url == Url)
            return false;
        (Url, FailingSince) = (url, null);
        return true;
    }

    /// <summary>Takes deliveries again; the count of failures starts anew.</summary>
    /// <returns>Whether it was disabled.</returns>
    public bool Enable()
    {
        var changed = !Enabled;
        (Enabled, DisabledReason, FailingSince) = (true, null, null);
        return changed;
    }

    /// <param name="reason">One of <see cref="DisabledReasons"/>.</param>
    /// <returns>Whether it was enabled; the reason of an earlier disabling stays.</returns>
    public bool Disable(string reason)
    {
        if (!Enabled)
            return false;
        (Enabled, DisabledReason) = (false, reason);
        return true;
    }

    public bool Wants(string eventType) => Events.Contains(eventType);
}
