namespace Framelane.Domain.Workspaces;

/// <summary>How long a replaced secret keeps signing beside the new one: 0 to 604,800 whole seconds, that is, a week.</summary>
public readonly record struct GracePeriod
{
    public const int MaxSeconds = 604_800;

    GracePeriod(int seconds) => Seconds = seconds;

    public int Seconds { get; }

    public static GracePeriod None => default;

    public TimeSpan Duration => TimeSpan.FromSeconds(Seconds);

    /// <exception cref="ArgumentOutOfRangeException">Outside 0 to <see cref="MaxSeconds"/>; requests are validated before they get here.</exception>
    public static GracePeriod OfSeconds(int seconds)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(seconds);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(seconds, MaxSeconds);
        return new(seconds);
    }
}
