using Framelane.Application.Common;
using Framelane.Domain.Assets;
using Framelane.Domain.Workspaces;

namespace Framelane.Application.Abstractions;

public interface IAssetRepository
{
    /// <summary>The asset as it is now; null where there is none of that id, it was deleted, or it is another workspace's.</summary>
    Task<Asset?> FindAsync(WorkspaceId workspaceId, string assetId, CancellationToken cancellationToken);

    /// <summary>The same, locked until the transaction ends.</summary>
    Task<Asset?> FindForUpdateAsync(WorkspaceId workspaceId, string assetId, CancellationToken cancellationToken);

    /// <summary>The same of several, by id: those that there are.</summary>
    Task<IReadOnlyList<Asset>> FindForUpdateAsync(WorkspaceId workspaceId, IReadOnlyCollection<AssetId> assetIds, CancellationToken cancellationToken);

    /// <summary>The same, as they are now, without a lock.</summary>
    Task<IReadOnlyList<Asset>> FindAsync(WorkspaceId workspaceId, IReadOnlyCollection<AssetId> assetIds, CancellationToken cancellationToken);

    /// <summary>The workspace's fonts, those that are ready, that have a face of one of these families; of each family the newest few hundred.</summary>
    Task<IReadOnlyList<AssetId>> FindFontsAsync(WorkspaceId workspaceId, IReadOnlyCollection<string> families, CancellationToken cancellationToken);

    /// <summary>The faces of the workspace's fonts that are ready, of a few thousand at most.</summary>
    Task<IReadOnlyList<AssetFont>> ListFontsAsync(WorkspaceId workspaceId, CancellationToken cancellationToken);

    /// <summary>The asset that an import brings; null where there is no such import, its asset was deleted, or it is another workspace's.</summary>
    Task<Asset?> FindImportAsync(WorkspaceId workspaceId, string importId, CancellationToken cancellationToken);

    Task<Page<Asset>> ListReadyAsync(WorkspaceId workspaceId, PageRequest page, CancellationToken cancellationToken);

    /// <summary>
    /// Whether a job that is not terminal reads it. True to the transaction's end where the asset is locked: who gives a job a source holds
    /// that lock too.
    /// </summary>
    Task<bool> IsUsedAsync(AssetId assetId, CancellationToken cancellationToken);

    /// <summary>Bytes of the workspace's assets that are kept, those that failed too, and of its uploads that are not complete yet.</summary>
    Task<long> StoredBytesAsync(WorkspaceId workspaceId, CancellationToken cancellationToken);

    void Add(Asset asset);
}
