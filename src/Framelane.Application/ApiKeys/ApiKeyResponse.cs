using System.Text.Json.Serialization;

namespace Framelane.Application.ApiKeys;

/// <summary>An API key as the API shows it; the key itself is shown once, at its creation.</summary>
public record ApiKeyResponse
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>The first characters of the key.</summary>
    public required string KeyPrefix { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>To within a minute.</summary>
    public required DateTimeOffset? LastUsedAt { get; init; }

    public required DateTimeOffset? RevokedAt { get; init; }
}

public sealed record ApiKeyCreatedResponse : ApiKeyResponse
{
    /// <summary>The key. It is not shown again.</summary>
    [JsonPropertyOrder(1)]
    public required string Key { get; init; }

    public override string ToString() => $"{Id} ***";
}
