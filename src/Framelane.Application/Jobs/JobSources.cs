using Framelane.Application.Abstractions;
using Framelane.Application.Assets;
using Framelane.Application.Capabilities;
using Framelane.Application.Common;
using Framelane.Application.Renders.Create;
using Framelane.Application.Renders.Scenes;
using Framelane.Domain.Assets;
using Framelane.Domain.Common;
using Framelane.Domain.Workspaces;

namespace Framelane.Application.Jobs;

/// <summary>Finds the assets that a job is going to read, and makes those that it has copied first.</summary>
public sealed class JobSources(SourceUrls urls, IAssetRepository assets, CapabilityCatalogue catalogue, TimeProvider time)
{
    /// <summary>What the scene names of the workspace's and is not there now: sources, and fonts that are not installed either.</summary>
    public async Task<IReadOnlyList<SceneFault>> FindFaultsAsync(WorkspaceId workspaceId, CreateRenderRequest scene, CancellationToken cancellationToken)
    {
        var needs = await NeedsAsync(workspaceId, scene, cancellationToken);
        var found = needs.Ids.Count == 0 ? [] : await assets.FindAsync(workspaceId, needs.Ids, cancellationToken);
        return await FaultsAsync(workspaceId, needs, found, cancellationToken);
    }

    /// <summary>
    /// The assets that the scene names, locked until the transaction ends: once it has committed, they are kept for the job. What is another
    /// workspace's is left out, and is for who runs the job to refuse.
    /// </summary>
    /// <returns>An error where one is not there, or not any more.</returns>
    public async Task<Result<IReadOnlyList<JobSource>>> FindAsync(WorkspaceId workspaceId, CreateRenderRequest scene, CancellationToken cancellationToken)
    {
        var needs = await NeedsAsync(workspaceId, scene, cancellationToken);
        var found = needs.Ids.Count == 0 ? [] : await assets.FindForUpdateAsync(workspaceId, needs.Ids, cancellationToken);
        var faults = await FaultsAsync(workspaceId, needs, found, cancellationToken);
        return faults.Count == 0
            ? Result<IReadOnlyList<JobSource>>.FromT(needs.Of(found, urls))
            : new ValidationError([.. faults.Select(fault => fault.ToFault())]);
    }

    /// <summary>The same as they are now, for what is read at once and waits for nothing.</summary>
    /// <returns>An error where one is not there, or not ready.</returns>
    public async Task<Result<IReadOnlyList<StoredSource>>> FindStoredAsync(WorkspaceId workspaceId, CreateRenderRequest scene, CancellationToken cancellationToken)
    {
        var needs = await NeedsAsync(workspaceId, scene, cancellationToken);
        var found = needs.Ids.Count == 0 ? [] : await assets.FindAsync(workspaceId, needs.Ids, cancellationToken);
        var missing = await FaultsAsync(workspaceId, needs, found, cancellationToken);
        var used = needs.Of(found, urls).Join(found, source => source.AssetId, asset => asset.Id, (source, asset) => (Source: source, Asset: asset)).ToArray();
        SceneFault[] faults =
        [
            .. missing,
            .. used.Where(each => each.Asset.Status != AssetStatus.Ready).Select(each => each.Asset.Error is { } error
                ? new SceneFault(each.Source.Place, error.Code, $"{each.Source.Place}: {error.Message}", each.Source.Url)
                : new SceneFault(each.Source.Place, "not_ready", "The file is not there yet: its upload or import has not ended.", each.Source.Url)),
        ];
        return faults.Length > 0
            ? new ValidationError([.. faults.Select(fault => fault.ToFault())])
            : Result<IReadOnlyList<StoredSource>>.FromT(
                [.. used.Select(each => StoredSource.Of(each.Source.Url, each.Asset))]);
    }

    /// <summary>How long those of the scene's sources last that lie in storage and of which it is known, by URL.</summary>
    public async Task<IReadOnlyDictionary<string, SourceDuration>> FindDurationsAsync(WorkspaceId workspaceId, CreateRenderRequest scene, CancellationToken cancellationToken)
    {
        var sources = SceneNeeds.SourcesOf(workspaceId, scene, urls);
        var found = sources.Count == 0 ? [] : await assets.FindAsync(workspaceId, [.. sources.Select(each => each.AssetId).Distinct()], cancellationToken);
        return sources
            .Join(found, each => each.AssetId, asset => asset.Id, (each, asset) => (each.Source.Url, asset.Metadata))
            .Where(each => each.Metadata?.Duration is not null)
            .ToDictionary(each => each.Url, each => new SourceDuration(each.Metadata!.Duration!.Value, each.Metadata.SoundDuration));
    }

    /// <summary>An asset to be fetched of each source that lies elsewhere. A table of colours is no asset, and is fetched by the job itself.</summary>
    public IReadOnlyList<JobSource> Ingest(WorkspaceId workspaceId, IReadOnlyList<SceneSource> sources)
    {
        var made = new List<JobSource>();
        var now = time.GetUtcNow();
        foreach (var source in sources.Where(source => !source.IsLut && !urls.IsOwn(source.Url, out _)))
        {
            var asset = Asset.Ingest(AssetId.New(now), workspaceId, source.Url, now);
            assets.Add(asset);
            made.Add(new(asset.Id, source.Url, source.Place));
        }

        return made;
    }

    async Task<SceneNeeds> NeedsAsync(WorkspaceId workspaceId, CreateRenderRequest scene, CancellationToken cancellationToken)
    {
        var fonts = SceneFonts.Of(scene);
        string[] families = [.. fonts.Select(font => font.Family).Distinct()];
        return new(
            SceneNeeds.SourcesOf(workspaceId, scene, urls),
            fonts,
            families.Length == 0 ? [] : await assets.FindFontsAsync(workspaceId, families, cancellationToken));
    }

    async Task<IReadOnlyList<SceneFault>> FaultsAsync(WorkspaceId workspaceId, SceneNeeds needs, IReadOnlyList<Asset> found, CancellationToken cancellationToken)
    {
        var installed = catalogue.Fonts.Select(font => font.Type).ToHashSet();
        var unknown = needs.FontsMissingIn(found).Where(font => !installed.Contains(font.Family)).ToArray();
        if (unknown.Length > 0)
            installed.UnionWith((await assets.ListFontsAsync(workspaceId, cancellationToken)).Select(font => font.Family));
        var messages = unknown.Select(font => font.Family).Distinct()
            .ToDictionary(family => family, family => SceneFaults.Unknown(family, installed, "a font family of this installation or of the workspace"));
        return
        [
            .. needs.SourcesMissingIn(found).Select(source => new SceneFault(
                source.Place, MediaErrorCodes.SourceNotFound, "There is no such file in the workspace.", source.Url)),
            .. unknown.Select(font => new SceneFault(font.Place, SceneFaults.UnknownType, messages[font.Family], font.Family)),
        ];
    }
}
