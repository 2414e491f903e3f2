using System.Globalization;
using System.Text;
using HarfBuzzSharp;

namespace Framelane.Rendering.Text;

/// <summary>Where in a text words may begin and end: not between two letters or digits, nor before a mark upon one.</summary>
sealed class WordEdges
{
    // Their words stand next to each other without spaces, so each letter may begin one.
    static readonly Script[] Unspaced =
    [
        Script.Han, Script.Hiragana, Script.Katakana, Script.Bopomofo, Script.Thai, Script.Lao, Script.Khmer, Script.Myanmar, Script.Tibetan, Script.Javanese, Script.Balinese,
        Script.NewTaiLue, Script.TaiLe, Script.TaiTham, Script.TaiViet,
    ];

    readonly int[] next;

    public WordEdges(string text)
    {
        var runes = new List<(Rune Rune, int At, bool IsAfterLetter)>(text.Length);
        var (at, isLetter) = (0, false);
        foreach (var rune in text.EnumerateRunes())
        {
            runes.Add((rune, at, isLetter));
            at += rune.Utf16SequenceLength;
            isLetter = IsMark(rune) || IsFormat(rune) ? isLetter : IsLetter(rune);
        }

        next = new int[text.Length + 1];
        Array.Fill(next, text.Length);
        var (isBeforeLetter, isBeforeMark) = (false, false);
        foreach (var (rune, start, isAfterLetter) in Enumerable.Reverse(runes))
        {
            if (!IsFormat(rune))
                (isBeforeLetter, isBeforeMark) = (IsLetter(rune), IsMark(rune));
            var isEdge = start == 0 || !(isBeforeMark || isAfterLetter && isBeforeLetter);
            next[start] = isEdge ? start : next[start + rune.Utf16SequenceLength];
            if (rune.Utf16SequenceLength > 1)
                next[start + 1] = next[start + 2];
        }
    }

    /// <summary>The first one there or after it; the text's end is one.</summary>
    public int Next(int at) => next[at];

    static bool IsLetter(Rune rune) => Rune.IsLetterOrDigit(rune) && !Unspaced.Contains(Unicode.ScriptOf(rune.Value));

    static bool IsMark(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;

    // A joiner between letters, a mark of direction: what is beside it counts.
    static bool IsFormat(Rune rune) => Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format;
}
