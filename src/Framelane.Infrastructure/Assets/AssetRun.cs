using Framelane.Application.Abstractions;
using Framelane.Application.Common;
using Framelane.Application.Plans;
using Framelane.Infrastructure.Jobs;
using Framelane.Infrastructure.Leasing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Framelane.Infrastructure.Assets;

/// <summary>Makes runs of claimed assets.</summary>
sealed class AssetRuns(
    IServiceProvider services,
    IServiceScopeFactory scopes,
    JobSignal jobs,
    WorkFolder folders,
    IOptions<MediaOptions> options,
    IOutages outages,
    TimeProvider time,
    ILogger<AssetRun> logger)
{
    readonly RunSettings settings = new("file", options.Value.MaxJobDuration, folders, outages, time, logger);

    /// <summary>Made when the first asset comes: who has none, has no need of what probes them.</summary>
    readonly Lazy<AssetFiles> files = new(services.GetRequiredService<AssetFiles>);

    /// <param name="queue">From which it was claimed.</param>
    public AssetRun Of(ClaimedAsset asset, AssetQueue queue) => new(asset, queue, files.Value, scopes, jobs, settings);
}

/// <summary>One run of an asset: it is fetched, where it has to be, and it is found out what it is.</summary>
sealed class AssetRun(ClaimedAsset asset, AssetQueue queue, AssetFiles files, IServiceScopeFactory scopes, JobSignal jobs, RunSettings settings)
    : LeasedRun<ClaimedAsset>(asset, queue, settings)
{
    protected override async Task<Func<Task<bool>>> WorkAsync(CancellationToken cancellationToken)
    {
        if (Claim.FetchUrl is null)
        {
            var known = await files.InspectAsync(Claim, Folder, cancellationToken);
            return () => ReadyAsync(known, fetched: null);
        }

        var (found, stored) = await files.FetchAsync(Claim, Folder, await RoomAsync(cancellationToken), cancellationToken);
        return async () =>
        {
            if (await ReadyAsync(found, stored))
                return true;
            await files.DiscardAsync(stored);
            return false;
        };
    }

    protected override void OnSettled() => jobs.Wake();

    async Task<long?> RoomAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<StorageGate>().FindAsync(Claim.WorkspaceId, cancellationToken))?.Left;
    }

    Task<bool> ReadyAsync(AssetFindings found, StoredFile? fetched) => queue.ReadyAsync(Claim, found, fetched, CancellationToken.None);
}
