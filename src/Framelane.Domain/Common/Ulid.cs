using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Framelane.Domain.Common;

/// <summary>Makes and recognises ULIDs: 26 characters of Crockford's base 32, 48 bits of Unix milliseconds, then 80 random bits.</summary>
/// <remarks>Sorted as text they are sorted by time, which the newest-first lists rely on. See github.com/ulid/spec.</remarks>
public static class Ulid
{
    /// <summary>Characters in a ULID.</summary>
    public const int Length = 26;

    const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    static readonly SearchValues<char> Digits = SearchValues.Create(Alphabet);

    /// <summary>A new ULID of the given moment, behind the given prefix and an underscore.</summary>
    public static string New(string prefix, DateTimeOffset now)
    {
        Span<byte> random = stackalloc byte[16];
        RandomNumberGenerator.Fill(random[6..]);
        BinaryPrimitives.WriteInt64BigEndian(random, now.ToUnixTimeMilliseconds() << 16 | BinaryPrimitives.ReadUInt16BigEndian(random[6..]));
        return string.Create(prefix.Length + 1 + Length, (prefix, BinaryPrimitives.ReadUInt128BigEndian(random)), static (text, state) =>
        {
            state.prefix.CopyTo(text);
            text[state.prefix.Length] = '_';
            var rest = state.Item2;
            for (var i = text.Length - 1; i > state.prefix.Length; i--)
            {
                text[i] = Alphabet[(int)(rest & 31)];
                rest >>= 5;
            }
        });
    }

    /// <summary>Whether the text is the prefix, an underscore and a ULID in its canonical upper case.</summary>
    public static bool IsWellFormed(string prefix, string? text)
    {
        if (text is null || text.Length != prefix.Length + 1 + Length || text[prefix.Length] != '_' || !text.StartsWith(prefix, StringComparison.Ordinal))
            return false;
        var ulid = text.AsSpan(prefix.Length + 1);
        return ulid[0] <= '7' && !ulid.ContainsAnyExcept(Digits);
    }

    /// <summary>Ids of one kind sort as their text does, which is by the millisecond in which they were made.</summary>
    public static bool IsBefore(string left, string right) => string.CompareOrdinal(left, right) < 0;
}
