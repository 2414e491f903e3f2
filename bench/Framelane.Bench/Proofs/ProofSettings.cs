namespace Framelane.Bench.Proofs;

/// <summary>What the nodes are told: to give up and to try again soon. All that the promises rest on is left as it is.</summary>
static class ProofSettings
{
    /// <summary>A permit's lifetime; set once, before the first node is started.</summary>
    public static TimeSpan PermitLifetime { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// How far the clock by which a node records may be from the one here, either way: none where all read one clock; where they go by their
    /// database's, about half of what it takes to ask for it.
    /// </summary>
    public static TimeSpan ClockError { get; set; }

    /// <summary>Whether what nodes record is by the clock here.</summary>
    public static bool HasOneClock => ClockError == TimeSpan.Zero;

    /// <summary>Of an attempt; set once, before the first node is started.</summary>
    public static TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>What an attempt leaves of its lease at least, for being recorded.</summary>
    public static readonly TimeSpan RecordingTime = TimeSpan.FromSeconds(5);

    /// <summary>A claimed delivery's wait, its attempt, and the recording.</summary>
    public static TimeSpan Lease => TimeSpan.FromSeconds(45) + Timeout + RecordingTime;

    static readonly double[] Schedule = [0, 0.2, 0.5, 1, 2, 3, 5, 5, 5, 5];

    public static IEnumerable<KeyValuePair<string, string>> Environment =>
    [
        new("Framelane__Webhooks__Timeout", $"{Timeout}"),
        new("Framelane__Webhooks__PermitLifetime", $"{PermitLifetime}"),
        .. Schedule.Select((seconds, i) => new KeyValuePair<string, string>($"Framelane__Webhooks__RetrySchedule__{i}", $"{TimeSpan.FromSeconds(seconds)}")),
    ];
}
