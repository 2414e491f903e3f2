using System.Globalization;
using System.Text.RegularExpressions;

namespace Framelane.Application.Uploads.Send;

/// <summary>What a request says of the bytes that it brings, by its <c>Content-Range</c>.</summary>
/// <param name="First">Where they go; null where it brings none, and asks how far the upload is.</param>
/// <param name="Length">How many they are; null where that is seen at their end.</param>
/// <param name="Total">Of the whole file; null where it does not say.</param>
sealed partial record PartRange(long? First, long? Length, long? Total)
{
    /// <summary>It brings the file from its first byte to its last.</summary>
    public bool IsWhole { get; private init; }

    public bool IsQuestion => First is null;

    /// <summary>How far the upload is at least once they are there.</summary>
    public long Reach => Math.Max((First ?? 0) + (Length ?? 0), Total ?? 0);

    /// <returns>Null where the header cannot be understood.</returns>
    public static PartRange? Read(string? header, long? contentLength)
    {
        if (header is null)
            return new(0, contentLength, contentLength) { IsWhole = true };
        if (Form().Match(header) is not { Success: true } match || !TryNumber(match.Groups["total"], out var total))
            return null;
        if (!match.Groups["first"].Success)
            return new(null, null, total);
        return TryNumber(match.Groups["first"], out var first) && TryNumber(match.Groups["last"], out var last) && first <= last && (total is null || last < total)
            ? new(first, last - first + 1, total)
            : null;
    }

    static bool TryNumber(Group text, out long? number)
    {
        number = null;
        if (text.Value == "*")
            return true;
        var read = long.TryParse(text.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value < long.MaxValue;
        number = value;
        return read;
    }

    [GeneratedRegex(@"\Abytes (?:(?<first>[0-9]+)-(?<last>[0-9]+)|\*)/(?<total>[0-9]+|\*)\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
