using System.Text.Json.Serialization;
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

    /// <summary>Of a font, its faces, which texts name by their family. Left out of all else.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<FontFaceResponse>? Fonts { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it is removed; null where it is kept until it is deleted.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}

/// <summary>A face of a font.</summary>
/// <param name="Family">What a text's <c>font_family</c> names it by.</param>
/// <param name="LightestWeight">1 to 1000, with <paramref name="HeaviestWeight"/>: from which weight to which it has them; alike where it has one.</param>
public sealed record FontFaceResponse(string Family, int LightestWeight, int HeaviestWeight, bool IsItalic);
