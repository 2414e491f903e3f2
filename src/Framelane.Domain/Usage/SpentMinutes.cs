namespace Framelane.Domain.Usage;

/// <summary>What somebody used of a month in a workspace that they have deleted since. Who begins anew goes on from there.</summary>
public sealed class SpentMinutes
{
    /// <summary>Characters of <see cref="Owner"/>.</summary>
    public const int OwnerLength = 64;

    SpentMinutes()
    {
    }

    /// <summary>A keyed digest of the <see cref="OwnerName"/>: a copy of the database tells nobody's address.</summary>
    public string Owner { get; private set; } = "";

    /// <summary>The first moment of the <see cref="CalendarMonth"/>.</summary>
    public DateTimeOffset Month { get; private set; }

    /// <summary>Of output, by renders that completed in the month.</summary>
    public long Milliseconds { get; private set; }

    public static SpentMinutes Of(string owner, CalendarMonth month, long milliseconds) => new() { Owner = owner, Month = month.Start, Milliseconds = milliseconds };

    /// <summary>They have deleted another one. Under a cap, what that one had used of the same month includes what this tells of.</summary>
    public void Note(CalendarMonth month, long milliseconds) =>
        (Month, Milliseconds) = (month.Start, Month == month.Start ? Math.Max(Milliseconds, milliseconds) : milliseconds);
}
