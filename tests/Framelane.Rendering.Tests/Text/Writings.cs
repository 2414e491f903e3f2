using Framelane.Application.Renders.Scenes;
using static Framelane.Rendering.Tests.Compositing.Pictures;

namespace Framelane.Rendering.Tests.Text;

/// <summary>Texts in what is hard about scripts: directions, joined letters, clusters of signs, lines without spaces, capitals.</summary>
static class Writings
{
    static readonly (string Name, string Text)[] Scripts =
    [
        ("Arabic among Latin", "The word سلام عليكم means peace (شلوم 123) in Arabic, لا إله."),
        ("Hebrew", "שלום עולם, 3 + 4 = 7 and אבג"),
        ("Devanagari", "क्षत्रिय हिन्दी में लिखा हुआ एक लंबा वाक्य"),
        ("Chinese", "直接说明:这是一个没有空格的长句子,需要换行。"),
        ("Japanese", "「骨」という字は、地域によって形が違います。ッとー"),
        ("Korean", "각 지역의 한글과 漢字"),
        ("Thai", "ภาษาไทยไม่มีช่องว่างระหว่างคำในประโยค"),
        ("emoji", "👩‍👩‍👧‍👦 🏳️‍🌈 🇫🇷🇯🇵 👍🏽 ☎︎ ☎️ 1️⃣"),
        ("marks", "e\u0301a\u0308o\u0302\u0323 Å ﬁ ß İı"),
    ];

    public static IEnumerable<(string Name, byte[] Bytes)> Draw()
    {
        foreach (var (name, text) in Scripts)
        {
            yield return (name, Pixels(Text(text), 0));
            yield return ($"{name}, letter by letter", Pixels(Text(text) with { AnimationPreset = "typewriter" }, 0.15));
        }

        // Found whatever their case, by rules that are no language's.
        string[] spoken = ["istanbul", "ISTANBUL", "σισυφοσ", "ÉCOLE"];
        var words = spoken.Select((word, index) => new CaptionWord { Text = word, Start = index, End = index + 1 }).ToArray();
        foreach (var index in Enumerable.Range(0, words.Length))
            yield return ($"spoken word {index}", Pixels(Text("ISTANBUL istanbul ΣΙΣΥΦΟΣ école") with { WordAnimation = new() { Style = WordAnimationStyle.Box, Words = words } }, index + 0.5));
    }

    static byte[] Pixels(TextElement text, double time)
    {
        using var pictures = new Compositing.Pictures();
        using var drawn = pictures.Draw(Scene(220, 120, text), time);
        return drawn.Bytes.ToArray();
    }

    static TextElement Text(string text) => new() { Text = text, Duration = 10, FontSize = 22 };
}
