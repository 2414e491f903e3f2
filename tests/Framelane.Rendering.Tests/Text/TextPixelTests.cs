using Framelane.Application.Renders.Scenes;
using Framelane.Rendering.Frames;
using Framelane.Rendering.Tests.Compositing;
using static Framelane.Rendering.Tests.Compositing.Pictures;
using static Framelane.Rendering.Tests.Text.Texts;

namespace Framelane.Rendering.Tests.Text;

public sealed class TextPixelTests
{
    static readonly Pixel Red = new(0, 0, 255), Green = new(0, 255, 0), Black = new(0, 0, 0);

    // Its middle is whole.
    static readonly TextElement Bar = Of("I") with { FontSize = 100, FontWeight = 900 };

    [Test]
    public void A_text_has_its_colour_and_lies_where_its_layout_says()
    {
        var text = Of("HH") with { TextColor = "#ff0000" };
        using var drawn = Draw(200, 100, text);
        var layout = Layout(text, 200);
        var box = Box(drawn, pixel => pixel.R > 64);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(box.Bottom + 1, Is.EqualTo(layout.Lines[0].Baseline).Within(1));
            Assert.That(box.Left, Is.EqualTo(layout.Lines[0].Left).Within(5));
            Assert.That(box.Right, Is.EqualTo(layout.Lines[0].Left + layout.Lines[0].Width).Within(5));
            Assert.That(Box(drawn, pixel => pixel.G > 0 || pixel.B > 0).Right, Is.EqualTo(-1));
            Assert.That(Box(drawn, pixel => pixel == Red).Right, Is.Positive);
        }
    }

    [Test]
    public void Bold_is_thicker_and_italics_lean()
    {
        int Ink(TextElement text)
        {
            using var drawn = Draw(100, 100, text);
            return Enumerable.Range(0, 100).Sum(x => Enumerable.Range(0, 100).Sum(y => (int)At(drawn, x, y).R));
        }

        int Lean(TextElement text)
        {
            using var drawn = Draw(100, 100, text);
            var (_, top, _, bottom) = Box(drawn, IsInk);
            int Left(int row) => Enumerable.Range(0, 100).First(x => IsInk(At(drawn, x, row)));
            return Left(bottom) - Left(top);
        }

        var upright = Of("l") with { FontSize = 80 };
        // Of each third one the family has no such face: it is made up.
        var thai = upright with { Text = "เ", FontFamily = "Noto Looped Thai", FontWeight = 400 };
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Ink(upright with { FontStyle = FontStyle.Bold }), Is.GreaterThan(Ink(upright) * 1.2));
            Assert.That(Ink(upright with { FontWeight = 900 }), Is.GreaterThan(Ink(upright with { FontWeight = 700 })));
            Assert.That(Ink(upright with { FontFamily = "Noto Sans Gothic", FontStyle = FontStyle.Bold, Text = "𐌹" }), Is.GreaterThan(Ink(upright with { FontFamily = "Noto Sans Gothic", Text = "𐌹" }) * 1.1));
            Assert.That(Lean(upright), Is.Zero.Within(1));
            Assert.That(Lean(upright with { FontStyle = FontStyle.Italic }), Is.LessThan(-5));
            Assert.That(Lean(thai with { FontStyle = FontStyle.Italic }) - Lean(thai), Is.LessThan(-5));
        }
    }

    [Test]
    public void Emoji_keep_their_colours()
    {
        using var drawn = Draw(100, 100, Of("❤️") with { FontSize = 60, TextColor = "#00ff00" });
        var middle = At(drawn, 50, 50);
        Assert.That((middle.R > 180, middle.G < 120), Is.EqualTo((true, true)), middle.ToString());
    }

    [Test]
    public void A_stroke_lies_round_the_letters_as_wide_as_it_says_and_only_if_it_is_switched_on()
    {
        using var plain = Draw(100, 120, Bar with { TextColor = "#ff0000", StrokeColor = "#00ff00", StrokeWidth = 0.08 });
        using var stroked = Draw(100, 120, Bar with { TextColor = "#ff0000", StrokeColor = "#00ff00", StrokeWidth = 0.08, Stroke = true });
        var (letter, outline) = (Box(plain, pixel => pixel.R > 127), Box(stroked, pixel => pixel.G > 127));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Box(plain, pixel => pixel.G > 0).Right, Is.EqualTo(-1));
            Assert.That(letter.Left - outline.Left, Is.EqualTo(8).Within(1));
            Assert.That(outline.Bottom - letter.Bottom, Is.EqualTo(8).Within(1));
            Assert.That(Box(stroked, pixel => pixel.R > 127), Is.EqualTo(letter));
        }
    }

    [Test]
    public void A_stroke_does_not_shine_through_letters_that_are_half_transparent()
    {
        using var drawn = Draw(100, 120, Bar with { TextColor = "#ff000080", StrokeColor = "#00ff00", StrokeWidth = 0.2, Stroke = true });
        Assert.That(At(drawn, 50, 60).DistanceTo(new(0, 0, 128)), Is.LessThanOrEqualTo(1));
    }

    [Test]
    public void A_switch_alone_brings_a_stroke_or_a_shadow_that_is_seen()
    {
        var scene = Bar with { FontSize = 80 };
        PixelBuffer On(TextElement text) => new Pictures().Draw(Scene(100, 120, text) with { BackgroundColor = "#808080" });
        using var plain = On(scene);
        using var stroked = On(scene with { Stroke = true });
        using var shadowed = On(scene with { Shadow = true });
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Box(plain, pixel => pixel.G < 100).Right, Is.EqualTo(-1));
            Assert.That(Box(stroked, pixel => pixel.G < 100).Right, Is.Positive);
            Assert.That(Box(shadowed, pixel => pixel.G < 100).Right, Is.Positive);
        }
    }

    [Test]
    public void A_shadow_is_the_letters_moved()
    {
        using var drawn = Draw(200, 120, Bar with { TextColor = "#ff0000", Shadow = true, ShadowColor = "#00ff00", ShadowX = 50, ShadowY = 10 });
        var (letter, shadow) = (Box(drawn, pixel => pixel.R > 127), Box(drawn, pixel => pixel.G > 127));
        Assert.That(shadow, Is.EqualTo((letter.Left + 50, letter.Top + 10, letter.Right + 50, letter.Bottom + 10)));
    }

    [Test]
    public void A_background_lies_round_the_text_with_its_padding()
    {
        var text = Of("HH") with { TextColor = "#ff0000", Background = true, BackgroundColor = "#00ff00", BackgroundOpacity = 50, XPadding = 20, YPadding = 5 };
        using var drawn = Draw(200, 100, text);
        var block = Layout(text, 200).Block;
        var box = Box(drawn, pixel => pixel.G is > 110 and < 140);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(box.Left, Is.EqualTo(block.Left - 20).Within(1));
            Assert.That(box.Right + 1, Is.EqualTo(block.Right + 20).Within(1));
            Assert.That(box.Top, Is.EqualTo(block.Top - 5).Within(1));
            Assert.That(box.Bottom + 1, Is.EqualTo(block.Bottom + 5).Within(1));
        }
    }

    [TestCase(TextDecoration.Underline)]
    [TestCase(TextDecoration.Strikethrough)]
    public void A_line_lies_where_the_font_has_it(TextDecoration decoration)
    {
        var text = Of("i   i") with { FontSize = 100, TextDecoration = decoration, TextColor = "#ff0000" };
        using var drawn = Draw(300, 150, text);
        var layout = Layout(text, 300, 150);
        var (place, thickness) = decoration == TextDecoration.Underline
            ? (layout.Metrics.UnderlinePosition, layout.Metrics.UnderlineThickness)
            : (layout.Metrics.StrikeoutPosition, layout.Metrics.StrikeoutThickness);
        var rows = Enumerable.Range(0, 150).Where(y => At(drawn, 150, y).R > 127).ToArray();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(rows[0], Is.EqualTo(layout.Lines[0].Baseline + place).Within(1));
            Assert.That(rows, Has.Length.EqualTo(thickness).Within(1));
            Assert.That(decoration == TextDecoration.Underline, Is.EqualTo(rows[0] > layout.Lines[0].Baseline));
        }
    }

    [Test]
    public void An_underline_makes_room_for_letters_that_reach_down_to_it()
    {
        var text = Of("njn") with { FontSize = 100, TextDecoration = TextDecoration.Underline };
        using var drawn = Draw(300, 150, text);
        var layout = Layout(text, 300, 150);
        var row = (int)(layout.Lines[0].Baseline + layout.Metrics.UnderlinePosition!.Value + layout.Metrics.UnderlineThickness!.Value / 2);
        var edges = Enumerable.Range(1, 299).Count(x => IsInk(At(drawn, x, row)) != IsInk(At(drawn, x - 1, row)));
        // The line, a gap, the j, a gap, the line.
        Assert.That(edges, Is.EqualTo(6));
    }

    [Test]
    public void Letters_that_overlap_are_no_darker_there_where_they_are_half_transparent()
    {
        using var drawn = Draw(200, 120, Of("HHH") with { FontSize = 100, FontWeight = 900, Tracking = -300, TextColor = "#ff000080" });
        Assert.That(Box(drawn, pixel => pixel.R > 130).Right, Is.EqualTo(-1));
    }

    [Test]
    public void A_text_is_placed_turned_mirrored_faded_and_blended_as_any_layer()
    {
        using var plain = Draw(100, 100, Of("F") with { FontSize = 60 });
        using var mirrored = Draw(100, 100, Of("F") with { FontSize = 60, FlipHorizontal = true });
        using var turned = Draw(100, 100, Of("F") with { FontSize = 60, ZRotation = Dimension.Degrees(180) });
        using var half = Draw(100, 100, Of("F") with { FontSize = 60, Opacity = 50 });
        using var multiplied = new Pictures().Draw(Scene(100, 100, Of("F") with { FontSize = 60, TextColor = "#ff0000", BlendMode = BlendMode.Multiply }) with { BackgroundColor = "#808080" });
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Difference(mirrored, (x, y) => At(plain, 99 - x, y)), Is.LessThan(16));
            Assert.That(Difference(turned, (x, y) => At(plain, 99 - x, 99 - y)), Is.LessThan(16));
            Assert.That(Difference(half, (x, y) => At(plain, x, y) is var p ? new((byte)(p.B / 2), (byte)(p.G / 2), (byte)(p.R / 2)) : null), Is.LessThanOrEqualTo(1));
            Assert.That(Difference(multiplied, (x, y) => At(plain, x, y).R switch { 255 => new(0, 0, 128), 0 => new(128, 128, 128), _ => null }), Is.LessThanOrEqualTo(1));
        }
    }

    [Test]
    public void A_text_clips_to_what_lies_behind_it_and_is_an_element_of_a_composition()
    {
        using var pictures = new Pictures().With("half", 100, 100, (x, _) => x < 50 ? Green : new(0, 0, 0, 0));
        var text = Of("HHHHHH") with { TextColor = "#ff0000", ZIndex = 1 };
        using var clipped = pictures.Draw(Scene(100, 100, text with { Clip = true }, Image("half")));
        using var nested = pictures.Draw(Scene(100, 100, new CompositionElement { Elements = [text] }));
        using var plain = pictures.Draw(Scene(100, 100, text));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Box(clipped, pixel => pixel.R > 64).Right, Is.InRange(40, 50));
            Assert.That(Box(plain, pixel => pixel.R > 64).Right, Is.GreaterThan(60));
            Assert.That(Difference(nested, (x, y) => At(plain, x, y)), Is.Zero);
        }
    }

    [Test]
    public void A_frame_is_the_same_each_time_moved_or_not()
    {
        var moving = Of("Ag 😀 سلام") with { Shadow = true, Motion = [new ElementMotion { Type = "slide_up", Duration = 1 }] };
        var scene = Scene(200, 100, moving);
        using var pictures = new Pictures();
        using var compositor = new Framelane.Rendering.Compositing.Compositor(scene);
        var timeline = Rendering.Timelines.Timeline.Of(scene, new Dictionary<string, Application.Abstractions.MediaFacts>());
        using var target = new PixelBuffer(200, 100);
        foreach (var time in new[] { 0.3, 0.7, 0.7, 1.5, 1.6, 0.3 })
        {
            compositor.Draw(timeline.At(time), pictures, target);
            using var alone = pictures.Draw(scene, time);
            Assert.That(Difference(target, (x, y) => At(alone, x, y)), Is.Zero, $"at {time} s");
        }
    }

    [Test]
    public void A_text_far_outside_or_far_too_large_is_no_harm()
    {
        using var outside = Draw(64, 64, Of("far") with { X = Dimension.Number(90_000) });
        using var large = Draw(64, 64, Of("I") with { FontSize = 1e6, TextColor = "#ff0000", TextWrap = TextWrap.Nowrap });
        Assert.That(Difference(outside, (_, _) => Black), Is.Zero);
    }

    static readonly double[] Huge = [3e6, 3e9, 3e19, 3e37, 3e38, double.MaxValue];

    [Test]
    public void A_background_larger_than_any_canvas_covers_it([Values(3e6, 3e9, 3e19, 3e37)] double padding)
    {
        using var drawn = Draw(60, 40, Of("I") with { Background = true, BackgroundColor = "#00ff00", TextColor = "#00ff00", YPadding = padding, XPadding = 100 });
        Assert.That(Difference(drawn, (_, _) => Green), Is.Zero);
    }

    [TestCaseSource(nameof(Huge))]
    public void Measures_larger_than_any_canvas_fail_no_frame(double measure)
    {
        var text = Of("Two words سلام 😀");
        TextElement[] elements =
        [
            text with { FontSize = measure }, text with { Leading = measure }, text with { Tracking = measure }, text with { Tracking = -measure },
            text with { Background = true, XPadding = measure }, text with { Background = true, YPadding = measure }, text with { Stroke = true, StrokeWidth = measure },
            text with { Shadow = true, ShadowBlur = measure }, text with { Shadow = true, ShadowX = measure, ShadowY = -measure }, text with { BorderRadius = measure, Background = true },
        ];
        foreach (var element in elements)
        {
            foreach (var each in new[] { element, element with { TextDecoration = TextDecoration.Underline, Motion = [new() { Type = "explode", Time = 0, Duration = 2, Scope = MotionScope.Character }] } })
                Assert.That(() => Draw(60, 40, each).Dispose(), Throws.Nothing, $"{each}");
        }
    }
}
