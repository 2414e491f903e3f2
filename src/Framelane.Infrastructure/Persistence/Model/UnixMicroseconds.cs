using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Framelane.Infrastructure.Persistence.Model;

/// <summary>Times as they are stored: whole microseconds since 1970 in UTC, which every provider compares alike.</summary>
static class UnixMicroseconds
{
    /// <summary>The least by which two times differ.</summary>
    public static readonly TimeSpan Step = TimeSpan.FromMicroseconds(1);

    public static long From(DateTimeOffset moment) =>
        (moment.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    public static DateTimeOffset ToMoment(long microseconds) =>
        DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);
}

sealed class UnixMicrosecondsConverter() : ValueConverter<DateTimeOffset, long>(
    moment => UnixMicroseconds.From(moment),
    stored => UnixMicroseconds.ToMoment(stored));
