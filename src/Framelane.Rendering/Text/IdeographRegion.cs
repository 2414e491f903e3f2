using HarfBuzzSharp;

namespace Framelane.Rendering.Text;

/// <summary>An ideograph has other forms in each region, and the text alone may tell which is meant: by the signs that are of one region only.</summary>
static class IdeographRegion
{
    /// <summary>As Noto's families name it; SC, for simplified Chinese, where nothing tells.</summary>
    public static string Of(string text) => Told(text) ?? "SC";

    /// <summary>For the breaks of lines.</summary>
    public static string LanguageOf(string text) => Told(text) is null && Scripts(text).Contains(Script.Han) ? "zh-Hans" : FormsOf(text);

    /// <summary>For a font's regional forms. Where nothing tells, its own are meant: it may have been chosen for them.</summary>
    public static string FormsOf(string text) => Told(text) switch
    {
        "JP" => "ja",
        "KR" => "ko",
        "TC" => "zh-Hant",
        _ => "en",
    };

    static string? Told(string text) => Signs(text).FirstOrDefault(region => region is not null);

    static IEnumerable<string?> Signs(string text) => Scripts(text).Select(script =>
        script == Script.Hiragana || script == Script.Katakana ? "JP"
        : script == Script.Hangul ? "KR"
        : script == Script.Bopomofo ? "TC"
        : null);

    static IEnumerable<Script> Scripts(string text) => text.EnumerateRunes().Select(rune => Unicode.ScriptOf(rune.Value));
}
