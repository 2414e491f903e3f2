using Framelane.Application.Renders.Scenes;
using Framelane.Rendering.Motions;
using Framelane.Rendering.Tests.Compositing;
using Framelane.Rendering.Text;
using static Framelane.Rendering.Tests.Compositing.Pictures;
using static Framelane.Rendering.Tests.Text.Texts;

namespace Framelane.Rendering.Tests.Text;

/// <summary>How much of a canvas a text is drawn on: all of what it covers, and little else.</summary>
public sealed class TextReachTests
{
    const int Width = 900, Height = 600;

    static IEnumerable<TestCaseData> Moving()
    {
        var text = Of("Wgj") with { Stroke = true, StrokeColor = "#00ff00", StrokeWidth = 0.2 };
        foreach (var motion in MotionRegistry.All.Where(motion => motion.Scopes.Contains(MotionScope.Character)))
            yield return new TestCaseData(text with { Motion = [Motion(motion.Name)] }).SetArgDisplayNames(motion.Name);
        var flying = new WordAnimation { Style = WordAnimationStyle.FlyIn, Words = [new() { Text = "wgj", Start = 0, End = 2 }] };
        yield return new TestCaseData(text with { WordAnimation = flying, Motion = [Motion("slide_right")] }).SetArgDisplayNames("a word that flies in while its letters slide");
        yield return new TestCaseData(text with { Motion = [.. Enumerable.Repeat(Motion("slide_left"), 6)] }).SetArgDisplayNames("six slides");
        yield return new TestCaseData(text with { Motion = [Motion("bounce_motion"), Motion("rubber_in"), Motion("whip_up")], AnimationPreset = "letters_pop" }).SetArgDisplayNames("several that overshoot");
    }

    static ElementMotion Motion(string type) => new() { Type = type, Time = 0, Duration = 1, Easing = Easing.Linear, Scope = MotionScope.Character };

    [TestCaseSource(nameof(Moving))]
    public void Nothing_of_a_moving_text_is_cut_off(TextElement text)
    {
        using var pictures = new Pictures();
        foreach (var time in new[] { 0.03, 0.1, 0.2, 0.35, 0.5, 0.7, 0.9 })
        {
            using var drawn = pictures.Draw(Scene(Width, Height, text), time);
            // A border that is not seen is drawn, so all of the box is.
            using var everywhere = pictures.Draw(Scene(Width, Height, text with { BorderColor = "#00000000" }), time);
            Assert.That(Difference(drawn, (x, y) => At(everywhere, x, y)), Is.LessThanOrEqualTo(1), $"at {time} s");
        }
    }

    [Test]
    public void A_text_reaches_no_further_than_its_letters()
    {
        using var drawing = new TextDrawing(Of("I"), Width, Height, FontLibrary.Installed);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(drawing.Bounds.Left, Is.GreaterThan(Width / 2 - 100));
            Assert.That(drawing.Bounds.Top, Is.GreaterThan(Height / 2 - 100));
        }
    }
}
