namespace Framelane.Domain.Usage;

/// <summary>The unit in which plans and usage tell of output; the ledger counts milliseconds of it (contract/api.md, "Plans").</summary>
public static class RenderMinute
{
    const long Milliseconds = 60_000;

    public static double FromMilliseconds(long milliseconds) => milliseconds / (double)Milliseconds;

    /// <summary>Those that are full.</summary>
    public static long WholeOf(long milliseconds) => milliseconds / Milliseconds;

    public static long ToMilliseconds(double minutes) => (long)Math.Round(minutes * Milliseconds);
}
