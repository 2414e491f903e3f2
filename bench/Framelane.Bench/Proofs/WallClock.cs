using System.Diagnostics;

namespace Framelane.Bench.Proofs;

/// <summary>
/// The proofs compare times of several processes by the one wall clock of this machine. That holds as long as nobody sets it meanwhile,
/// which shows against the monotonic clock.
/// </summary>
sealed class WallClock
{
    static readonly TimeSpan MostDrift = TimeSpan.FromMilliseconds(50);

    readonly DateTimeOffset startedAt = DateTimeOffset.UtcNow;
    readonly long started = Stopwatch.GetTimestamp();

    WallClock()
    {
    }

    public static WallClock Now() => new();

    /// <exception cref="InvalidOperationException">It was set: nothing that was compared means anything.</exception>
    public void EnsureNotSet()
    {
        var drift = DateTimeOffset.UtcNow - startedAt - Stopwatch.GetElapsedTime(started);
        if (drift.Duration() > MostDrift)
            throw new InvalidOperationException($"The machine's clock was set by {drift} during the run, which proves nothing. Run it again.");
    }
}
