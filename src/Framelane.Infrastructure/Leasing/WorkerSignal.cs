using Framelane.Infrastructure.Dispatch;

namespace Framelane.Infrastructure.Leasing;

/// <summary>Wakes a worker of this process. Those of others find the work at their next look.</summary>
abstract class WorkerSignal : IDisposable
{
    readonly DispatchSignal signal = new();

    public void Wake() => signal.Wake();

    /// <returns>Whether somebody woke it before the time was over.</returns>
    public Task<bool> WaitAsync(TimeSpan atMost, CancellationToken cancellationToken) => signal.WaitAsync(atMost, cancellationToken);

    public void Dispose() => signal.Dispose();
}
