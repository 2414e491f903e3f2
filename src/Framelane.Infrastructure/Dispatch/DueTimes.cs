namespace Framelane.Infrastructure.Dispatch;

/// <summary>
/// When the retries are due that this process put off, so that they start on time however seldom it polls. Those of processes that died,
/// and those that do not fit, are found by polling.
/// </summary>
sealed class DueTimes(TimeProvider time)
{
    internal const int Max = 4096;

    static readonly long Step = TimeSpan.FromMilliseconds(20).Ticks;

    readonly Lock sync = new();
    readonly SortedSet<long> steps = [];

    /// <returns>Whether it is due before all others, so that whoever sleeps until the next one sleeps too long.</returns>
    public bool Add(DateTimeOffset due)
    {
        // Rounded up: who looks too early looks in vain.
        var step = (due.UtcTicks + Step - 1) / Step;
        lock (sync)
        {
            if (!steps.Add(step))
                return false;
            if (steps.Count > Max)
                steps.Remove(steps.Max);
            return steps.Min == step;
        }
    }

    /// <summary>How long until the next one is due.</summary>
    public TimeSpan UntilNext(TimeSpan atMost)
    {
        var now = time.GetUtcNow().UtcTicks;
        lock (sync)
        {
            while (steps.Count > 0 && steps.Min * Step <= now)
                steps.Remove(steps.Min);
            var left = steps.Count > 0 ? TimeSpan.FromTicks((steps.Min * Step) - now + TimeSpan.TicksPerMillisecond) : atMost;
            return left < atMost ? left : atMost;
        }
    }
}
