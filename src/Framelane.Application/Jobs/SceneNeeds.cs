using Framelane.Application.Assets;
using Framelane.Application.Renders.Scenes;
using Framelane.Domain.Assets;
using Framelane.Domain.Workspaces;

namespace Framelane.Application.Jobs;

/// <summary>What a scene needs of its workspace's assets.</summary>
/// <param name="sources">Those that it names by their address, with the extension there.</param>
/// <param name="fonts">What its texts are set in.</param>
/// <param name="fontFiles">Fonts of these families.</param>
sealed class SceneNeeds(
    IReadOnlyList<(AssetId AssetId, string Extension, SceneSource Source)> sources, IReadOnlyList<SceneFont> fonts, IReadOnlyList<AssetId> fontFiles)
{
    readonly HashSet<AssetId> fontIds = [.. fontFiles];

    public IReadOnlyCollection<AssetId> Ids { get; } = [.. sources.Select(each => each.AssetId).Concat(fontFiles).Distinct()];

    public static IReadOnlyList<(AssetId AssetId, string Extension, SceneSource Source)> SourcesOf(WorkspaceId workspaceId, CreateRenderRequest scene, SourceUrls urls)
    {
        var named = new List<(AssetId, string, SceneSource)>();
        foreach (var source in SceneSources.Of(scene))
        {
            if (urls.IsOwn(source.Url, out var asset) && asset?.WorkspaceId == workspaceId)
                named.Add((asset.AssetId, asset.Extension, source));
        }

        return named;
    }

    public IEnumerable<SceneSource> SourcesMissingIn(IReadOnlyList<Asset> found)
    {
        var files = found.Select(asset => (asset.Id, asset.Extension)).ToHashSet();
        return sources.Where(each => !files.Contains((each.AssetId, each.Extension))).Select(each => each.Source);
    }

    /// <remarks>They may be installed.</remarks>
    public IEnumerable<SceneFont> FontsMissingIn(IReadOnlyList<Asset> found)
    {
        var families = Faces(found).Select(face => face.Font.Family).ToHashSet();
        return fonts.Where(font => !families.Contains(font.Family));
    }

    /// <summary>What the job reads, each once. Of fonts that are alike, the newest.</summary>
    public IReadOnlyList<JobSource> Of(IReadOnlyList<Asset> found, SourceUrls urls)
    {
        var named = sources.DistinctBy(each => each.AssetId).Select(each => new JobSource(each.AssetId, each.Source.Url, each.Source.Place));
        var places = fonts.DistinctBy(font => font.Family).ToDictionary(font => font.Family, font => font.Place);
        var faces = Faces(found)
            .Where(face => places.ContainsKey(face.Font.Family))
            .OrderByDescending(face => face.Asset.Id.Value, StringComparer.Ordinal)
            .DistinctBy(face => face.Font);
        return [.. named.Concat(faces.Select(face => new JobSource(face.Asset.Id, urls.Of(face.Asset)!, places[face.Font.Family]))).DistinctBy(source => source.AssetId)];
    }

    IEnumerable<(Asset Asset, AssetFont Font)> Faces(IReadOnlyList<Asset> found) => found
        .Where(asset => asset.Status == AssetStatus.Ready && fontIds.Contains(asset.Id))
        .SelectMany(asset => (asset.Metadata?.Fonts ?? []).Select(font => (asset, font)));
}

/// <summary>Something that a scene names and that is not there.</summary>
/// <param name="Place">Such as <c>elements[0].source_url</c>.</param>
/// <param name="Type">A stable word for the kind of fault.</param>
/// <param name="Value">What stands there.</param>
public sealed record SceneFault(string Place, string Type, string Message, string Value)
{
    public Common.ValidationFault ToFault() => new(LocOf(Place), Message, Type, Value);

    /// <param name="place">Null for the scene as a whole.</param>
    public static IReadOnlyList<object> LocOf(string? place) =>
        ["body", .. (place ?? "").Split('.').SelectMany(step => step.Split('[', ']').Where(part => part.Length > 0)).Select(Part)];

    static object Part(string part) => int.TryParse(part, System.Globalization.CultureInfo.InvariantCulture, out var index) ? index : part;
}
