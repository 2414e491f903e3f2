using Framelane.Application.Abstractions;
using Framelane.Infrastructure.Leasing;
using Microsoft.Extensions.Logging;

namespace Framelane.Infrastructure.Assets;

/// <summary>Takes up assets of one kind of work: those to be fetched, or those of which it is not known what they are.</summary>
sealed class AssetWorker(
    AssetWork work, AssetQueue queue, AssetRuns runs, WorkFolder folders, IFreeSpace space, AssetSignal signal, TimeProvider time, ILogger<AssetWorker> logger)
    : LeaseWorker<ClaimedAsset>(queue, signal, folders, space, work.Places, time, logger)
{
    readonly AssetQueue queue = queue;

    protected override LeasedRun<ClaimedAsset> NewRun(ClaimedAsset claim) => runs.Of(claim, queue);
}
