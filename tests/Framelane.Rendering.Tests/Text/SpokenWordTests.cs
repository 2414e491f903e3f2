using Framelane.Application.Renders.Scenes;
using Framelane.Rendering.Compositing;
using Framelane.Rendering.Text;
using static Framelane.Rendering.Tests.Text.Texts;

namespace Framelane.Rendering.Tests.Text;

public sealed class SpokenWordTests
{
    const string Yellow = "#ffd60a", Violet = "#6d3bf5";

    static TextElement Spoken(WordAnimationStyle style, string text, params string[] words) => Of(text) with
    {
        WordAnimation = new() { Style = style, Words = [.. words.Select((word, index) => new CaptionWord { Text = word, Start = index, End = index + 1 })] },
    };

    [TestCase(WordAnimationStyle.Color, false, "#00ff00", 100, "#00ff00")]
    [TestCase(WordAnimationStyle.Box, false, "#00ff00", 100, "#00ff00")]
    [TestCase(WordAnimationStyle.Color, false, null, 100, Yellow)]
    [TestCase(WordAnimationStyle.Box, false, null, 100, Violet)]
    [TestCase(WordAnimationStyle.Color, true, "#00ff00", 0, "#00ff00", TestName = "A_background_that_is_not_seen_hides_no_mark")]
    [TestCase(WordAnimationStyle.Color, true, "#000000", 100, Yellow)]
    [TestCase(WordAnimationStyle.Glow, true, null, 100, Yellow)]
    [TestCase(WordAnimationStyle.Box, true, "#000000", 60, Violet)]
    [TestCase(WordAnimationStyle.Color, true, "#ffffff", 100, Violet)]
    [TestCase(WordAnimationStyle.Glow, true, Yellow, 100, Violet)]
    [TestCase(WordAnimationStyle.Box, true, Violet, 100, Yellow)]
    public void A_mark_has_the_colour_of_the_background_unless_that_lies_behind_it(WordAnimationStyle style, bool background, string? color, double opacity, string mark)
    {
        var text = Spoken(style, "one two", "one") with { Background = background, BackgroundColor = color, BackgroundOpacity = opacity };
        Assert.That(new TextAnimations(text, Layout(text)).Accent, Is.EqualTo(HexColor.Parse(mark)));
    }
}
