using Framelane.Application.Abstractions;
using Framelane.Infrastructure.Leasing;
using Microsoft.Extensions.Logging;

namespace Framelane.Infrastructure.Assets;

/// <summary>Takes up assets that are to be fetched, or of which it is not known what they are.</summary>
sealed class AssetWorker(
    AssetQueue queue, AssetRuns runs, WorkFolder folders, IFreeSpace space, AssetSignal signal, TimeProvider time, ILogger<AssetWorker> logger)
    : LeaseWorker<ClaimedAsset>(queue, signal, folders, space, MostAtOnce, time, logger)
{
    /// <summary>More than there are processors: most of the time, they wait for what is sent.</summary>
    const int MostAtOnce = 8;

    protected override LeasedRun<ClaimedAsset> NewRun(ClaimedAsset claim) => runs.Of(claim);
}
