using System.Buffers;

namespace Framelane.Infrastructure.Storage;

static class ObjectKey
{
    const int MaxLength = 500;

    const int MaxSegmentLength = 200;

    static readonly SearchValues<char> Letters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-");

    /// <summary>Whether it is a path of plain names that stays below whatever it is put under.</summary>
    public static bool IsValid(string key) => key.Length <= MaxLength && Array.TrueForAll(key.Split('/'), IsName);

    /// <exception cref="ArgumentException">It is no key.</exception>
    public static string Checked(string key) => IsValid(key) ? key : throw new ArgumentException("Not a key of storage.", nameof(key));

    static bool IsName(string segment) =>
        segment.Length is > 0 and <= MaxSegmentLength && segment is not ("." or "..") && !segment.AsSpan().ContainsAnyExcept(Letters);
}
