using Framelane.Domain.Assets;
using Framelane.Infrastructure.Leasing;
using Framelane.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Framelane.Infrastructure.Assets;

/// <summary>How many more assets of a workspace may be worked on.</summary>
sealed class AssetPlaces(FramelaneDbContext db, IDatabaseProvider provider) : WorkspacePlaces(db, provider)
{
    readonly FramelaneDbContext db = db;

    /// <summary>Counts for those that have no place yet. Others have: they run, or their worker died and another is to take them up.</summary>
    public Task CountAsync(AssetWork work, IEnumerable<Asset> due, CancellationToken cancellationToken) => CountAsync(
        due.Where(asset => asset.Runs == 0).Select(asset => asset.WorkspaceId),
        async workspace => work.PlacesOfOne - await db.Assets.WithWork(work.Status).CountAsync(
            asset => asset.WorkspaceId == workspace.Id && asset.Runs > 0, cancellationToken),
        cancellationToken);
}
