using Framelane.Application.Abstractions;
using Framelane.Application.Common;
using Framelane.Domain.Assets;
using Framelane.Domain.Workspaces;
using Framelane.Infrastructure.Persistence.Records;
using Microsoft.EntityFrameworkCore;

namespace Framelane.Infrastructure.Persistence.Repositories;

sealed class AssetRepository(FramelaneDbContext db, IDatabaseProvider provider) : IAssetRepository
{
    const int MostOfOneFamily = 200, MostListed = 2000;

    /// <summary>Families of one query: as many as a scene has, and far fewer than a database takes parameters.</summary>
    const int MostFamilies = 500;

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

    public async Task<IReadOnlyList<Asset>> FindAsync(WorkspaceId workspaceId, IReadOnlyCollection<AssetId> assetIds, CancellationToken cancellationToken) =>
        await db.Assets.AsNoTracking().OfIdsAsync(workspaceId, assetIds, cancellationToken);

    public async Task<IReadOnlyList<AssetId>> FindFontsAsync(WorkspaceId workspaceId, IReadOnlyCollection<string> families, CancellationToken cancellationToken)
    {
        var ids = new HashSet<AssetId>();
        var fonts = Fonts(workspaceId).Select(each => each.Font);
        foreach (var some in families.Chunk(MostFamilies))
        {
            var named = fonts.Where(font => some.Contains(font.Family));
            ids.UnionWith(await named.Select(font => font.Family).Distinct()
                .SelectMany(family => named.Where(font => font.Family == family).OrderByDescending(font => font.AssetId).Take(MostOfOneFamily))
                .Select(font => font.AssetId)
                .ToListAsync(cancellationToken));
        }

        return [.. ids];
    }

    public async Task<IReadOnlyList<AssetFont>> ListFontsAsync(WorkspaceId workspaceId, CancellationToken cancellationToken)
    {
        var metadata = await Fonts(workspaceId)
            .OrderBy(each => each.Font.Family).ThenBy(each => each.Font.AssetId)
            .Take(MostListed)
            .Select(each => new { each.Font.Family, each.Asset.Metadata })
            .ToListAsync(cancellationToken);
        return [.. metadata.SelectMany(each => (each.Metadata?.Fonts ?? []).Where(font => font.Family == each.Family))];
    }

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
            rows = rows.Where(asset => asset.Id < after);
        }

        return rows.OrderByDescending(asset => asset.Id).ToPageAsync(page, asset => asset.Id.Value, cancellationToken);
    }

    public Task<bool> IsUsedAsync(AssetId assetId, CancellationToken cancellationToken) =>
        db.JobSources.Where(source => source.AssetId == assetId).Join(db.Jobs.Open(), source => source.JobId, job => job.Id, (source, job) => job.Id).AnyAsync(cancellationToken);

    public async Task<long> StoredBytesAsync(WorkspaceId workspaceId, CancellationToken cancellationToken) =>
        await db.Assets.Where(asset => asset.WorkspaceId == workspaceId && asset.Status != AssetStatus.Deleted).SumAsync(asset => asset.SizeBytes ?? 0, cancellationToken)
        + await db.Uploads.Where(upload => upload.WorkspaceId == workspaceId && upload.CompletedAt == null).SumAsync(upload => upload.Received, cancellationToken);

    public void Add(Asset asset) => db.Assets.Add(asset);

    IQueryable<FontRow> Fonts(WorkspaceId workspaceId) =>
        from font in db.AssetFonts.AsNoTracking()
        where font.WorkspaceId == workspaceId
        join asset in db.Assets.AsNoTracking() on font.AssetId equals asset.Id
        where asset.Status == AssetStatus.Ready
        select new FontRow { Font = font, Asset = asset };

    sealed class FontRow
    {
        public required AssetFontRecord Font { get; init; }

        public required Asset Asset { get; init; }
    }
}
