namespace Framelane.Domain.Usage;

/// <summary>What plans count by (contract/api.md): a calendar month in UTC.</summary>
/// <param name="End">Exclusive.</param>
public readonly record struct CalendarMonth(DateTimeOffset Start, DateTimeOffset End)
{
    public static CalendarMonth Of(DateTimeOffset instant)
    {
        var utc = instant.UtcDateTime;
        var start = new DateTimeOffset(utc.Year, utc.Month, 1, 0, 0, 0, TimeSpan.Zero);
        return new(start, start.AddMonths(1));
    }
}
