namespace Framelane.Domain.Deliveries;

/// <summary>When a delivery is attempted, and when it is given up (contract/webhooks.md, "Delivery").</summary>
public sealed class RetrySchedule
{
    /// <summary>A delay is lengthened by up to this share of itself, so that failures of one moment do not come back in one moment.</summary>
    public const double MaxJitter = 0.10;

    /// <summary>The longest wait that a receiver's <c>Retry-After</c> is granted.</summary>
    public static readonly TimeSpan MaxRetryAfter = TimeSpan.FromHours(24);

    readonly TimeSpan[] delays;

    /// <param name="delays">The wait before each attempt, counted from the end of the one before it; the first counts only for a delivery that is begun anew behind an attempt.</param>
    /// <exception cref="ArgumentException">There is none, or one is negative or over 30 days.</exception>
    public RetrySchedule(IEnumerable<TimeSpan> delays)
    {
        this.delays = [.. delays];
        if (this.delays.Length == 0 || this.delays.Any(delay => delay < TimeSpan.Zero || delay > TimeSpan.FromDays(30)))
            throw new ArgumentException("A retry schedule is one or more waits of 0 to 30 days.", nameof(delays));
    }

    /// <summary>0 s, 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h after one another.</summary>
    public static RetrySchedule Default { get; } = new(
    [
        TimeSpan.Zero,
        TimeSpan.FromSeconds(5),
        TimeSpan.FromMinutes(5),
        TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(2),
        TimeSpan.FromHours(5),
        TimeSpan.FromHours(10),
        TimeSpan.FromHours(14),
    ]);

    /// <summary>Attempts in all.</summary>
    public int Attempts => delays.Length;

    /// <summary>What follows an attempt.</summary>
    /// <param name="step">The attempt's place in the schedule, from 0; a redelivery starts at 0 again.</param>
    /// <param name="oneShot">It is never retried (a ping).</param>
    /// <param name="jitter">0 up to, but not including, 1: how much of <see cref="MaxJitter"/> to add.</param>
    public Verdict Judge(AttemptResult result, int step, bool oneShot, DateTimeOffset endedAt, double jitter)
    {
        if (result.IsSuccess)
            return Verdict.Success;
        if (oneShot || result.IsGone || step + 1 >= delays.Length)
            return Verdict.GiveUp;
        var wait = delays[step + 1] * (1 + MaxJitter * jitter);
        if (result is { AsksToWait: true, RetryAfter: { } asked })
        {
            // The cap is on what a receiver may add: a schedule of our own that waits longer is kept.
            var granted = asked < MaxRetryAfter ? asked : MaxRetryAfter;
            wait = granted > wait ? granted : wait;
        }

        return Verdict.RetryAt(endedAt + wait);
    }
}

/// <summary>What an attempt's end means for its delivery.</summary>
public readonly record struct Verdict(AttemptStatus Status, DateTimeOffset? NextAttemptAt)
{
    public static Verdict Success => new(AttemptStatus.Succeeded, null);

    public static Verdict GiveUp => new(AttemptStatus.DeadLettered, null);

    public static Verdict RetryAt(DateTimeOffset moment) => new(AttemptStatus.Failed, moment);

    /// <summary>The verdict as it holds in the state that the delivery is in now: one that was ended meanwhile has no next attempt.</summary>
    public Verdict Within(DeliveryState state) => Status == AttemptStatus.Failed && state != DeliveryState.Pending ? GiveUp : this;
}
