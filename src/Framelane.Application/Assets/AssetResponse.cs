using Framelane.Domain.Assets;

namespace Framelane.Application.Assets;

/// <summary>A file of the workspace, as the API and its webhooks show it.</summary>
public sealed record AssetResponse
{
    public required string Id { get; init; }

    /// <summary>What jobs name it by. With the API key it can be downloaded from there.</summary>
    public required string SourceUrl { get; init; }

    public required AssetKind Kind { get; init; }

    /// <summary>Seconds; null for a still picture and a font.</summary>
    public double? Duration { get; init; }

    /// <summary>Pixels; null where it shows nothing.</summary>
    public int? Width { get; init; }

    /// <summary>Pixels; null where it shows nothing.</summary>
    public int? Height { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it is removed; null where it is kept until it is deleted.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}
