using Framelane.Domain.Assets;
using Framelane.Domain.Workspaces;
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
        async workspace => work.PlacesOfOne - await Working(db, work, workspace.Id).CountAsync(cancellationToken),
        cancellationToken);

    internal static IQueryable<Asset> Working(FramelaneDbContext db, AssetWork work, WorkspaceId id) =>
        db.Assets.WithWork(work.Status).Where(asset => asset.WorkspaceId == id && asset.Runs > 0);

    /// <summary>Those that were put off.</summary>
    internal static IQueryable<Asset> Waiting(FramelaneDbContext db, AssetWork work, WorkspaceId id, DateTimeOffset now) =>
        db.Assets.WithWork(work.Status).Where(asset => asset.WorkspaceId == id && asset.Runs == 0 && asset.ClaimableAt > now);
}
