using HarfBuzzSharp;

namespace Framelane.Rendering.Text;

/// <summary>An ideograph has other forms in each region, and the text alone may tell which is meant: by the signs that are of one region only.</summary>
static class IdeographRegion
{
    /// <summary>As Noto's families name it; SC, for simplified Chinese, where nothing tells.</summary>
    public static string Of(string text) => Signs(text).FirstOrDefault(region => region is not null) ?? "SC";

    public static string LanguageOf(string text) => Of(text) switch
    {
        "JP" => "ja",
        "KR" => "ko",
        "TC" => "zh-Hant",
        _ => Scripts(text).Contains(Script.Han) ? "zh-Hans" : "en",
    };

    static IEnumerable<string?> Signs(string text) => Scripts(text).Select(script =>
        script == Script.Hiragana || script == Script.Katakana ? "JP"
        : script == Script.Hangul ? "KR"
        : script == Script.Bopomofo ? "TC"
        : null);

    static IEnumerable<Script> Scripts(string text) => text.EnumerateRunes().Select(rune => Unicode.ScriptOf(rune.Value));
}
