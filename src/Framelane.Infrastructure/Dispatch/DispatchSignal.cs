using Framelane.Application.Abstractions;

namespace Framelane.Infrastructure.Dispatch;

/// <summary>Wakes this process's dispatcher.</summary>
sealed class DispatchSignal : IDispatchSignal, IDisposable
{
    readonly SemaphoreSlim signal = new(0, 1);

    public void Wake()
    {
        try
        {
            if (signal.CurrentCount == 0)
                signal.Release();
        }
        catch (SemaphoreFullException)
        {
            // Somebody else has woken it in this instant.
        }
    }

    public void Dispose() => signal.Dispose();

    /// <returns>Whether somebody woke it before the time was over.</returns>
    public Task<bool> WaitAsync(TimeSpan atMost, CancellationToken cancellationToken) => signal.WaitAsync(atMost, cancellationToken);
}
