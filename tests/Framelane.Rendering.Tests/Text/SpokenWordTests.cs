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

    [Test]
    public void A_word_on_two_lines_has_a_box_on_each()
    {
        var text = Spoken(WordAnimationStyle.Box, "aaa bbb-cc", "aaa", "bbb-cc");
        var layout = Layout(text, Width(Of("aaa bbb-")) + 1);
        var boxes = new TextAnimations(text, layout).At(1.5)!.Boxes.Select(each => each.Box).ToArray();
        Assert.That(boxes, Has.Length.EqualTo(layout.Lines.Count).And.Length.EqualTo(2));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(boxes.Select(box => (box.Top, box.Bottom)), Is.EqualTo(layout.Lines.Select(line => (line.Baseline + layout.Metrics.Ascent, line.Baseline + layout.Metrics.Descent))));
            // Of the pieces of "aaa bbb-" the fourth is the space.
            Assert.That(boxes[0].Left, Is.InRange(layout.Pieces[3].X, layout.Pieces[4].X));
            Assert.That(boxes[1].MidX, Is.EqualTo(layout.Lines[1].Left + layout.Lines[1].Width / 2).Within(0.01));
        }
    }

    [Test]
    public void Each_part_of_a_word_on_two_lines_grows_about_its_own_middle()
    {
        var text = Spoken(WordAnimationStyle.ScalePop, "aaa bbb-cc", "aaa", "bbb-cc");
        var layout = Layout(text, Width(Of("aaa bbb-")) + 1);
        var poses = new TextAnimations(text, layout).At(1.5)!.Pieces.Select(piece => piece.Pose).ToArray();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(poses[4..].Select(pose => pose.Scale), Is.All.GreaterThan(1).And.All.EqualTo(poses[4].Scale));
            Assert.That(poses[^2].X, Is.Negative.And.EqualTo(-poses[^1].X).Within(1e-3));
        }
    }

    [Test]
    public void A_box_is_no_more_opaque_than_the_letters_on_it()
    {
        var text = Spoken(WordAnimationStyle.Box, "one two", "one") with
        {
            Motion = [new ElementMotion { Type = "fade", Duration = 1, Easing = Easing.Linear, Scope = MotionScope.Character, Reversed = true }],
        };
        var pose = new TextAnimations(text, Layout(text)).At(0.4)!;
        // The third letter goes last.
        Assert.That(pose.Boxes.Single().Opacity, Is.EqualTo(pose.Pieces[2].Pose.Opacity).And.LessThan(1));
    }
}
