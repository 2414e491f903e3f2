using Framelane.Application.Abstractions;

namespace Framelane.Infrastructure.Dispatch;

/// <summary>Wakes this process's dispatcher.</summary>
sealed class DispatchSignal : IDispatchSignal, IDisposable
{
    readonly SemaphoreSlim signal = new(0, 1);
    bool rung;

    /// <remarks>Called after every few attempts by many at once: those that come while it rings already do nothing.</remarks>
    public void Wake()
    {
        if (!Interlocked.Exchange(ref rung, true))
            signal.Release();
    }

    public void Dispose() => signal.Dispose();

    /// <returns>Whether somebody woke it before the time was over. For one waiter.</returns>
    public async Task<bool> WaitAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        if (!await signal.WaitAsync(atMost, cancellationToken))
            return false;

        // Whoever rang until now did so for something that the waiter sees from here on.
        Interlocked.Exchange(ref rung, false);
        return true;
    }
}
