using Framelane.Domain.Deliveries;

namespace Framelane.Infrastructure.Persistence;

/// <summary>The part of an id that is the same for all ids of one moment, for statements that make the rest themselves.</summary>
static class UlidTime
{
    /// <summary>Digits of a ULID that tell its time; the other 16 are random.</summary>
    const int Digits = 10;

    public static string OfAttempt(DateTimeOffset now) => AttemptId.New(now).Value[..(AttemptId.Prefix.Length + 1 + Digits)];
}
