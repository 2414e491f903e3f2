using Framelane.Application.Abstractions;
using Framelane.Infrastructure.Leasing;

namespace Framelane.Infrastructure.Assets;

/// <summary>Wakes this process's worker of one kind of work on assets.</summary>
sealed class AssetSignal : WorkerSignal;

/// <summary>Wakes all of them: what there is to do on an asset is theirs to know.</summary>
sealed class AssetSignals(IReadOnlyList<AssetSignal> signals) : IAssetSignal
{
    public void Wake()
    {
        foreach (var signal in signals)
            signal.Wake();
    }
}
