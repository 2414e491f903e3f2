using Framelane.Application.Abstractions;
using Framelane.Domain.Assets;
using Framelane.Domain.Workspaces;
using Framelane.Infrastructure.Storage;

namespace Framelane.Infrastructure.Assets;

/// <summary>The bytes of assets, between where they come from, the folder of a run, and storage.</summary>
sealed class AssetFiles(ISourceFetcher fetcher, IObjectStorage storage, AssetInspector inspector)
{
    /// <summary>Finds out what lies in storage.</summary>
    public async Task<AssetFindings> InspectAsync(ClaimedAsset asset, string folder, CancellationToken cancellationToken) =>
        await inspector.InspectAsync(await storage.FetchAsync(asset.Key!, folder, cancellationToken), MediaTypes.Find(asset.ContentType), cancellationToken);

    /// <summary>Fetches it, finds out what it is, and puts it into storage.</summary>
    /// <param name="room">As <see cref="ISourceFetcher.FetchAsync"/> takes it.</param>
    public async Task<(AssetFindings Found, StoredFile Stored)> FetchAsync(ClaimedAsset asset, string folder, long? room, CancellationToken cancellationToken)
    {
        // A worker that died after it had put its file, and before it could say so, left one that no asset has. While storage is away
        // it ends here, before all is fetched again.
        foreach (var key in KeysOf(asset.WorkspaceId, asset.Id, asset.Fence - 1))
            await storage.DeleteAsync(key, cancellationToken);

        var file = await fetcher.FetchAsync(asset.FetchUrl!, folder, asset.WorkspaceId.Value, room, cancellationToken);
        var found = await inspector.InspectAsync(file.Path, declared: null, cancellationToken);
        var stored = new StoredFile(KeyOf(asset.WorkspaceId, asset.Id, asset.Fence), file.Size);
        try
        {
            await storage.PutAsync(stored.Key, file.Path, found.Type.Name, cancellationToken);
        }
        catch
        {
            await DiscardAsync(stored);
            throw;
        }

        return (found, stored);
    }

    public Task DiscardAsync(StoredFile stored) => storage.DeleteAsync(stored.Key, CancellationToken.None);

    /// <summary>All that claims up to this one may have put there of an asset that is fetched.</summary>
    public static IEnumerable<string> KeysOf(WorkspaceId workspaceId, AssetId id, long fence)
    {
        for (var each = 1L; each <= fence; each++)
            yield return KeyOf(workspaceId, id, each);
    }

    /// <summary>By its fence: a worker that lost its lease writes nothing that another's asset shows.</summary>
    static string KeyOf(WorkspaceId workspaceId, AssetId id, long fence) => $"{workspaceId}/{id}-{fence}";
}
