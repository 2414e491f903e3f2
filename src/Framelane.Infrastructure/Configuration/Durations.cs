namespace Framelane.Infrastructure.Configuration;

/// <summary>What durations of the settings have in common.</summary>
static class Durations
{
    /// <summary>A hundred years: what is longer is written by mistake, for a number alone is days, and leads to no time that there is.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(36_500);

    /// <summary>Ends a rule: what goes no further than <see cref="Longest"/>.</summary>
    public const string AtMost = "at most 36500.00:00:00 (a number alone is days)";
}
