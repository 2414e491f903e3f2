using Framelane.Application.Abstractions;
using Framelane.Infrastructure.Dispatch;

namespace Framelane.Infrastructure.Assets;

/// <summary>Wakes this process's worker of assets. Others find the work at their next look.</summary>
sealed class AssetSignal : IAssetSignal, IDisposable
{
    readonly DispatchSignal signal = new();

    public void Wake() => signal.Wake();

    /// <returns>Whether somebody woke it before the time was over.</returns>
    public Task<bool> WaitAsync(TimeSpan atMost, CancellationToken cancellationToken) => signal.WaitAsync(atMost, cancellationToken);

    public void Dispose() => signal.Dispose();
}
