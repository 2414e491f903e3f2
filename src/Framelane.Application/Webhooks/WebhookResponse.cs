using System.Text.Json.Serialization;

namespace Framelane.Application.Webhooks;

/// <summary>A webhook as the API shows it; never with the secret.</summary>
public record WebhookResponse
{
    public required string Id { get; init; }

    public required string Url { get; init; }

    public required IReadOnlyList<string> Events { get; init; }

    public required string? Description { get; init; }

    public required bool Enabled { get; init; }

    /// <summary><c>disabled_by_owner</c>, <c>gone</c> (the receiver answered 410), <c>failing</c> (all attempts failed for days), or null.</summary>
    public required string? DisabledReason { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset? LastDeliveryAt { get; init; }
}

/// <summary>The answer to a webhook's creation: the webhook, and the workspace's current signing secret.</summary>
public sealed record WebhookCreatedResponse : WebhookResponse
{
    [JsonPropertyOrder(1)]
    public required string Secret { get; init; }

    public override string ToString() => $"{Id} ***";
}
