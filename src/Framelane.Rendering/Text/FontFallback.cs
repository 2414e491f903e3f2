using HarfBuzzSharp;

namespace Framelane.Rendering.Text;

/// <summary>Chooses the font of each grapheme cluster of one text: its own family's where that has the signs, else one of the script, else any.</summary>
sealed class FontFallback(FontLibrary library, string family, int weight, bool isItalic, string text)
{
    const string Emoji = "Noto Color Emoji";

    static readonly Dictionary<Script, string[]> ByScript = new()
    {
        [Script.Arabic] = ["Noto Sans Arabic", "Noto Naskh Arabic"],
        [Script.Armenian] = ["Noto Sans Armenian"],
        [Script.Bengali] = ["Noto Sans Bengali"],
        [Script.Devanagari] = ["Noto Sans Devanagari"],
        [Script.Ethiopic] = ["Noto Sans Ethiopic"],
        [Script.Georgian] = ["Noto Sans Georgian"],
        [Script.Gujarati] = ["Noto Sans Gujarati"],
        [Script.Gurmukhi] = ["Noto Sans Gurmukhi"],
        [Script.Hebrew] = ["Noto Sans Hebrew"],
        [Script.Kannada] = ["Noto Sans Kannada"],
        [Script.Khmer] = ["Noto Sans Khmer"],
        [Script.Lao] = ["Noto Sans Lao"],
        [Script.Malayalam] = ["Noto Sans Malayalam"],
        [Script.Myanmar] = ["Noto Sans Myanmar"],
        [Script.Oriya] = ["Noto Sans Oriya"],
        [Script.Sinhala] = ["Noto Sans Sinhala"],
        [Script.Tamil] = ["Noto Sans Tamil"],
        [Script.Telugu] = ["Noto Sans Telugu"],
        [Script.Thai] = ["Noto Sans Thai"],
        [Script.Tibetan] = ["Noto Serif Tibetan"],
    };

    readonly Dictionary<string, TextFont?> fonts = [];
    readonly string ideographs = $"Noto Sans CJK {IdeographRegion.Of(text)}";

    /// <summary>The text's own, whose measures lines and decorations keep to.</summary>
    public TextFont Primary { get; } = library.Find(family, weight, isItalic) ?? library.Find(FontLibrary.DefaultFamily, weight, isItalic)
        ?? throw new InvalidOperationException($"The font {FontLibrary.DefaultFamily} is not installed.");

    /// <summary>For the breaks of lines.</summary>
    public string Language { get; } = IdeographRegion.LanguageOf(text);

    /// <summary>For a font's regional forms.</summary>
    public string FormsLanguage { get; } = IdeographRegion.FormsOf(text);

    /// <param name="script">Of the cluster, or of what it stands with.</param>
    /// <param name="previous">Of the cluster before, which is kept to where the text's own lacks the sign.</param>
    public TextFont Of(ReadOnlySpan<char> cluster, Script script, TextFont? previous)
    {
        if (Unicode.IsEmoji(cluster) && Font(Emoji) is { } emoji && Covers(emoji, cluster))
            return emoji;
        if (Covers(Primary, cluster))
            return Primary;
        if (previous is { Loaded.IsColor: false } && Covers(previous, cluster))
            return previous;
        foreach (var name in Candidates(script))
        {
            if (Font(name) is { } font && Covers(font, cluster))
                return font;
        }

        return Primary;
    }

    IEnumerable<string> Candidates(Script script) =>
        [FontLibrary.DefaultFamily, .. ByScript.GetValueOrDefault(script, []), "Noto Sans", ideographs, .. library.FallbackOrder];

    TextFont? Font(string name)
    {
        if (!fonts.TryGetValue(name, out var font))
            fonts[name] = font = library.FindInstalled(name, weight, isItalic);
        return font;
    }

    static bool Covers(TextFont font, ReadOnlySpan<char> cluster)
    {
        foreach (var rune in cluster.EnumerateRunes())
        {
            if (!font.Loaded.Covers(rune.Value) && !Unicode.IsInvisible(rune.Value))
                return false;
        }

        return true;
    }
}
