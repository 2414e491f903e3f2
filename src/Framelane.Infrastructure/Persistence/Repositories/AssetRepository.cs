using Framelane.Application.Abstractions;
using Framelane.Application.Common;
using Framelane.Domain.Assets;
using Framelane.Domain.Workspaces;
using Framelane.Infrastructure.Persistence.Model;
using Microsoft.EntityFrameworkCore;

namespace Framelane.Infrastructure.Persistence.Repositories;

sealed class AssetRepository(FramelaneDbContext db, IDatabaseProvider provider) : IAssetRepository
{
    public async Task<Asset?> FindAsync(WorkspaceId workspaceId, string assetId, CancellationToken cancellationToken) =>
        AssetId.TryParse(assetId) is { } id
            ? await db.Assets.AsNoTracking().SingleOrDefaultAsync(
                asset => asset.Id == id && asset.WorkspaceId == workspaceId && asset.Status != AssetStatus.Deleted, cancellationToken)
            : null;

    public async Task<Asset?> FindForUpdateAsync(WorkspaceId workspaceId, string assetId, CancellationToken cancellationToken) =>
        AssetId.TryParse(assetId) is { } id
        && await provider.LockAssetAsync(db, id, cancellationToken) is { } asset
        && asset.WorkspaceId == workspaceId
        && asset.Status != AssetStatus.Deleted
            ? asset
            : null;

    public async Task<IReadOnlyList<Asset>> FindForUpdateAsync(WorkspaceId workspaceId, IReadOnlyCollection<AssetId> assetIds, CancellationToken cancellationToken) =>
        await provider.LockAssetsAsync(db, workspaceId, assetIds, cancellationToken);

    public async Task<Asset?> FindImportAsync(WorkspaceId workspaceId, string importId, CancellationToken cancellationToken) =>
        ImportId.TryParse(importId) is { } id
            ? await db.Assets.AsNoTracking().SingleOrDefaultAsync(
                asset => asset.ImportId == id && asset.WorkspaceId == workspaceId && asset.Status != AssetStatus.Deleted, cancellationToken)
            : null;

    public Task<Page<Asset>> ListReadyAsync(WorkspaceId workspaceId, PageRequest page, CancellationToken cancellationToken)
    {
        var rows = db.Assets.AsNoTracking().Where(asset => asset.WorkspaceId == workspaceId && asset.Status == AssetStatus.Ready);
        if (page.After is not null)
        {
            var after = AssetId.FromStored(page.After);
            rows = rows.Where(asset => KeysetFunctions.IsBefore(asset.Id, after));
        }

        return rows.OrderByDescending(asset => asset.Id).ToPageAsync(page, asset => asset.Id.Value, cancellationToken);
    }

    public Task<bool> IsUsedAsync(AssetId assetId, CancellationToken cancellationToken) =>
        db.JobSources.Where(source => source.AssetId == assetId).Join(db.Jobs.Open(), source => source.JobId, job => job.Id, (source, job) => job.Id).AnyAsync(cancellationToken);

    public void Add(Asset asset) => db.Assets.Add(asset);
}
