using System.Runtime.InteropServices;
using HarfBuzzSharp;
using Icu;

namespace Framelane.Rendering.Text;

/// <summary>What Unicode says of characters: directions (UAX #9), line breaks (UAX #14), scripts and emoji (UTS #51).</summary>
static class Unicode
{
    // ICU's UCHAR_EMOJI_PRESENTATION, which the wrapper does not name.
    const Character.UProperty EmojiPresentation = (Character.UProperty)58;

    const int TextStyle = 0xfe0e, EmojiStyle = 0xfe0f;

    /// <summary>Where Debian and its kind keep their libraries, and where others do.</summary>
    static readonly string[] SystemFolders =
    [
        RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "/usr/lib/aarch64-linux-gnu" : "/usr/lib/x86_64-linux-gnu", "/usr/lib64", "/usr/lib",
    ];

    static readonly Lazy<bool> Installed = new(() =>
    {
        try
        {
            return Levels("a").Length == 1 && LineBreaks("a", "en").Length == 1;
        }
        catch (Exception)
        {
            // Of several kinds, by what of ICU is missing.
            return false;
        }
    });

    // Told where to look first, the wrapper does not search all that this program was published with, which takes a tenth of a second.
    static Unicode()
    {
        if (SystemFolders.FirstOrDefault(folder => Directory.Exists(folder) && Directory.EnumerateFiles(folder, "libicuuc.so.*").Any()) is { } found)
            Wrapper.SetPreferredIcu4cDirectory(found);
    }

    /// <summary>Whether ICU and its data are there; without them nothing here works.</summary>
    public static bool IsInstalled => Installed.Value;

    /// <summary>The embedding level of each UTF-16 unit; odd ones run from right to left.</summary>
    public static byte[] Levels(string paragraph)
    {
        using var bidi = new BiDi();
        bidi.SetPara(paragraph, BiDi.DEFAULT_LTR, null);
        return [.. bidi.GetLevels()];
    }

    /// <summary>Where a line may end, in UTF-16 units, the paragraph's end with them.</summary>
    public static int[] LineBreaks(string paragraph, string language)
    {
        using var breaks = BreakIterator.CreateLineInstance(new Locale(language));
        breaks.SetText(paragraph);
        return [.. breaks.Boundaries.Where(at => at > 0)];
    }

    public static Script ScriptOf(string text, int at) =>
        System.Text.Rune.TryGetRuneAt(text, at, out var rune) ? ScriptOf(rune.Value) : Script.Unknown;

    public static Script ScriptOf(int codePoint) => UnicodeFunctions.Default.GetScript(codePoint);

    /// <summary>It is no sign itself: a joiner, a selector, a mark of direction.</summary>
    public static bool IsInvisible(int codePoint) => Has(codePoint, Character.UProperty.DEFAULT_IGNORABLE_CODE_POINT);

    /// <summary>Whether a grapheme cluster is a coloured picture.</summary>
    public static bool IsEmoji(ReadOnlySpan<char> cluster)
    {
        var isEmoji = false;
        foreach (var rune in cluster.EnumerateRunes())
        {
            if (rune.Value == TextStyle)
                return false;
            isEmoji |= rune.Value == EmojiStyle || Has(rune.Value, EmojiPresentation);
        }

        return isEmoji;
    }

    static bool Has(int codePoint, Character.UProperty property) => Character.GetIntPropertyValue(codePoint, property) != 0;
}
