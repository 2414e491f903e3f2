using Framelane.Application.Abstractions;
using Framelane.Application.Assets;
using Framelane.Application.Renders.Scenes;
using Framelane.Domain.Assets;
using Framelane.Domain.Workspaces;

namespace Framelane.Application.Jobs;

/// <summary>Finds the assets that a job is going to read, and makes those that it has copied first.</summary>
public sealed class JobSources(SourceUrls urls, IAssetRepository assets, TimeProvider time)
{
    /// <summary>
    /// The assets that these sources name, locked until the transaction ends: once it has committed, they are kept for the job. What names
    /// nothing of the workspace's is left out, and is for who runs the job to refuse.
    /// </summary>
    public async Task<IReadOnlyList<JobSource>> FindAsync(WorkspaceId workspaceId, IReadOnlyList<SceneSource> sources, CancellationToken cancellationToken)
    {
        var named = new Dictionary<AssetId, (SceneSource Source, string Extension)>();
        foreach (var source in sources)
        {
            if (urls.IsOwn(source.Url, out var asset) && asset?.WorkspaceId == workspaceId)
                named.TryAdd(asset.AssetId, (source, asset.Extension));
        }

        if (named.Count == 0)
            return [];
        var found = await assets.FindForUpdateAsync(workspaceId, named.Keys, cancellationToken);
        return [.. found.Where(asset => asset.Extension == named[asset.Id].Extension).Select(asset => Of(asset, named[asset.Id].Source))];
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
            made.Add(Of(asset, source));
        }

        return made;
    }

    static JobSource Of(Asset asset, SceneSource source) => new(asset.Id, source.Url, source.Place);
}
