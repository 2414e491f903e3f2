using Framelane.Domain.Common;
using Framelane.Domain.Deliveries;

namespace Framelane.Infrastructure.Persistence;

/// <summary>The part of an id that is the same for all ids of one moment, for statements that compare with it or make the rest themselves.</summary>
static class UlidTime
{
    /// <summary>Digits of a ULID that tell its time; the other 16 are random.</summary>
    const int Digits = 10;

    /// <summary>Sorts before every id of that moment, and after every id of a millisecond before it. No id is older than 1970.</summary>
    public static string Start(string prefix, DateTimeOffset moment) =>
        Ulid.New(prefix, moment < DateTimeOffset.UnixEpoch ? DateTimeOffset.UnixEpoch : moment)[..(prefix.Length + 1 + Digits)];

    public static string OfAttempt(DateTimeOffset now) => Start(AttemptId.Prefix, now);
}
