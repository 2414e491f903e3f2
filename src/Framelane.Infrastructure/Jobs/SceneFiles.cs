using Framelane.Application.Abstractions;
using Framelane.Application.Assets;
using Framelane.Application.Capabilities;
using Framelane.Application.Jobs;
using Framelane.Application.Renders.Scenes;
using Framelane.Domain.Workspaces;
using Framelane.Infrastructure.Storage;

namespace Framelane.Infrastructure.Jobs;

/// <summary>Brings what a scene names to this machine: from storage what lies there, by the guarded fetcher all else.</summary>
sealed class SceneFiles(ISourceFetcher fetcher, IObjectStorage storage, SourceUrls urls, IPlanAllowances plans, RenderingCapabilities rendering)
{
    /// <summary>All that the engine needs to render the scene for the workspace.</summary>
    /// <inheritdoc cref="FetchAsync(CreateRenderRequest, WorkspaceId, IReadOnlyList{StoredSource}, string, Dictionary{string, string}, Action{int, int}, CancellationToken)"/>
    /// <exception cref="MediaException">One cannot be had; it names the place. Or no text can be set, and one is needed.</exception>
    public async Task<RenderOrder> OrderAsync(
        CreateRenderRequest scene,
        WorkspaceId workspaceId,
        IReadOnlyList<StoredSource> stored,
        string folder,
        RenderLimits limits,
        Action<int, int> progress,
        CancellationToken cancellationToken)
    {
        var plan = await plans.OfAsync(workspaceId, cancellationToken);
        if (rendering.TextFault is { } fault && (plan.Watermark is { Length: > 0 } || SceneFonts.HasText(scene)))
            throw new MediaException(MediaErrorCodes.InternalError, fault);
        var probed = new Dictionary<string, string>();
        var sources = await FetchAsync(scene, workspaceId, stored, folder, probed, progress, cancellationToken);
        return new(scene, sources, folder, plan.Watermark, limits) { Probed = probed, Fonts = await CopyFontsAsync(stored, folder, cancellationToken) };
    }

    /// <param name="stored">Those of its sources that lie in storage.</param>
    /// <param name="folder">Where the files are put.</param>
    /// <param name="probed">Gets what was kept of their probes, by file.</param>
    /// <param name="progress">Told how many of how many are there, before each.</param>
    /// <returns>The file of each URL.</returns>
    /// <exception cref="MediaException">One cannot be had; it names the place.</exception>
    async Task<IReadOnlyDictionary<string, string>> FetchAsync(
        CreateRenderRequest scene,
        WorkspaceId workspaceId,
        IReadOnlyList<StoredSource> stored,
        string folder,
        Dictionary<string, string> probed,
        Action<int, int> progress,
        CancellationToken cancellationToken)
    {
        var files = new Dictionary<string, string>();
        var sources = SceneSources.Of(scene);
        foreach (var source in sources)
        {
            progress(files.Count, sources.Count);
            try
            {
                files[source.Url] = await FetchAsync(source.Url, workspaceId, stored, folder, probed, cancellationToken);
            }
            catch (MediaException failure)
            {
                throw MediaException.At(source.Place, failure);
            }
        }

        return files;
    }

    /// <remarks>The newest first.</remarks>
    async Task<IReadOnlyList<string>> CopyFontsAsync(IReadOnlyList<StoredSource> stored, string folder, CancellationToken cancellationToken)
    {
        var files = new List<string>();
        foreach (var font in stored.Where(source => source.IsFont).OrderByDescending(source => source.AssetId.Value, StringComparer.Ordinal))
            files.Add(await storage.FetchAsync(font.Key, folder, cancellationToken));
        return files;
    }

    async Task<string> FetchAsync(
        string url, WorkspaceId workspaceId, IReadOnlyList<StoredSource> stored, string folder, Dictionary<string, string> probed, CancellationToken cancellationToken)
    {
        var isOwn = urls.IsOwn(url, out var named);
        if (stored.FirstOrDefault(source => source.Url == url || (named is not null && source.AssetId == named.AssetId)) is { } found)
        {
            var path = await storage.FetchAsync(found.Key, folder, cancellationToken);
            if (found.Probed is { } kept)
                probed[path] = kept;
            return path;
        }

        // Never over HTTP: what lies here is read by whom it belongs to, or by nobody.
        return isOwn
            ? throw new MediaException(MediaErrorCodes.SourceNotFound, "There is no such file in the workspace.")
            : (await fetcher.FetchAsync(url, folder, workspaceId.Value, room: null, cancellationToken)).Path;
    }
}
