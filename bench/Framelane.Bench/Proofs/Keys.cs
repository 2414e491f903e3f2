namespace Framelane.Bench.Proofs;

/// <summary>The secrets that sign after a rotation, by their numbers.</summary>
/// <param name="Previous">Signs beside it while its grace runs; -1 for none.</param>
/// <param name="EndsNotBefore">The earliest that its grace can end, reckoned from when the rotation was sent.</param>
/// <param name="EndsNotAfter">The latest, reckoned from when it was answered.</param>
sealed record Keys(int Current, int Previous, DateTimeOffset EndsNotBefore, DateTimeOffset EndsNotAfter)
{
    public static Keys Only(int current) => new(current, -1, default, default);

    /// <summary>Why an attempt that started in that time may not be signed by these; null where it may.</summary>
    public string? Fault(IReadOnlyList<int> signers, DateTimeOffset from, DateTimeOffset to) => signers switch
    {
        [] => "no known secret signed it",
        [var current, ..] when current != Current => "it lacks the new signature",
        [_] when Previous >= 0 && to < EndsNotBefore - 2 * ProofSettings.ClockError => "it lacks the previous signature, whose grace runs",
        [_] => null,

        // A grace's end is judged when an attempt is signed, which is before it starts by less than a permit's lifetime. The node that
        // wrote it down and the one that judges it may err by their clocks.
        [_, var previous] when previous == Previous && from < EndsNotAfter + ProofSettings.PermitLifetime + 2 * ProofSettings.ClockError => null,
        _ => "it carries an old signature",
    };

    public override string ToString() => Previous < 0 ? $"secret {Current}" : $"secret {Current}, and {Previous} until {EndsNotBefore:HH:mm:ss.fff}";
}
