using Framelane.Application.Abstractions;
using Framelane.Domain.Assets;
using Framelane.Infrastructure.Storage;

namespace Framelane.Infrastructure.Assets;

/// <summary>The bytes of assets, between where they come from, the folder of a run, and storage.</summary>
sealed class AssetFiles(ISourceFetcher fetcher, IObjectStorage storage, AssetInspector inspector)
{
    /// <summary>Finds out what lies in storage.</summary>
    public async Task<AssetFindings> InspectAsync(ClaimedAsset asset, string folder, CancellationToken cancellationToken) =>
        await inspector.InspectAsync(await storage.CopyAsync(asset.Key!, folder, cancellationToken), MediaTypes.Find(asset.ContentType), cancellationToken);

    /// <summary>Fetches it, finds out what it is, and puts it into storage.</summary>
    public async Task<(AssetFindings Found, StoredFile Stored)> FetchAsync(ClaimedAsset asset, string folder, CancellationToken cancellationToken)
    {
        var file = await fetcher.FetchAsync(asset.FetchUrl!, folder, asset.WorkspaceId.Value, cancellationToken);
        var found = await inspector.InspectAsync(file.Path, declared: null, cancellationToken);

        // A worker that died after it had put its file, and before it could say so, left one that no asset has.
        for (var fence = 1; fence < asset.Fence; fence++)
            await storage.DeleteAsync(KeyOf(asset, fence, found.Type), cancellationToken);
        var stored = new StoredFile(KeyOf(asset, asset.Fence, found.Type), file.Size);
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

    /// <summary>By its fence: a worker that lost its lease writes nothing that another's asset shows.</summary>
    static string KeyOf(ClaimedAsset asset, long fence, MediaType type) => $"{asset.WorkspaceId}/{asset.Id}-{fence}.{type.Extension}";
}
