using Framelane.Domain.Assets;

namespace Framelane.Application.Jobs;

/// <summary>An asset that a job reads.</summary>
/// <param name="Url">By which the request names it: its own address, or the external one that it is copied from.</param>
/// <param name="Place">Where the request names it first, such as <c>elements[0].source_url</c>.</param>
public sealed record JobSource(AssetId AssetId, string Url, string Place);

/// <summary>An asset that is ready to be read.</summary>
/// <param name="Url">By which the request names it.</param>
/// <param name="Key">Where it lies in storage.</param>
public sealed record StoredSource(AssetId AssetId, string Url, string Key)
{
    /// <summary>It is for texts that name its family.</summary>
    public bool IsFont { get; init; }

    /// <summary>What was kept of its probe; null where nothing was.</summary>
    public string? Probed { get; init; }

    public static StoredSource Of(string url, Asset asset) =>
        new(asset.Id, url, asset.Key!) { IsFont = asset.Metadata?.Kind == AssetKind.Font, Probed = asset.Metadata?.Probed };
}
