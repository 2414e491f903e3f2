using Framelane.Application.Renders.Scenes;
using Framelane.Rendering.Frames;
using Framelane.Rendering.Motions;
using Framelane.Rendering.Tests.Compositing;
using Framelane.Rendering.Tests.Text;
using static Framelane.Rendering.Tests.Motions.Stage;

namespace Framelane.Rendering.Tests.Motions;

/// <summary>Motions that change an element's picture do what their names say, seen in pixels.</summary>
public sealed class FinishTests
{
    static readonly Func<int, int, Pixel> White = (_, _) => new(255, 255, 255), Black = (_, _) => new(0, 0, 0);

    static Pixel Checks(int x, int y) => (x / 2 + y / 2) % 2 == 0 ? new(255, 255, 255) : new(0, 0, 0);

    // The edge's softness, and the pixel that it rounds to.
    const double Soft = 0.01 * Wide + 1;

    [Test]
    public void A_wipes_edge_moves_the_way_of_its_name_at_the_eased_pace(
        [Values("wipe_left", "wipe_right", "wipe_up", "wipe_down")] string name, [Values] Easing easing, [Values(0.2, 0.5, 0.8)] double progress)
    {
        using var drawn = Draw(Image(Motion(name, easing)), 1 + 2 * progress);
        using var rest = Draw(Image(), 1);
        using var behind = Alone();
        var shown = easing.Ease(progress);
        // Pixels that the edge has passed before it comes to a pixel's middle, less those that it has passed.
        double Ahead(int x, int y) => name switch
        {
            "wipe_left" => Left + Wide - (x + 0.5) - shown * Wide,
            "wipe_right" => x + 0.5 - Left - shown * Wide,
            "wipe_up" => Top + High - (y + 0.5) - shown * High,
            _ => y + 0.5 - Top - shown * High,
        };
        Assert.That(Pictures.Difference(drawn, (x, y) => Ahead(x, y) switch
        {
            < -Soft => Pictures.At(rest, x, y),
            > Soft => Pictures.At(behind, x, y),
            _ => null,
        }), Is.Zero);
    }

    [Test]
    public void A_wipe_turns_with_its_element()
    {
        using var drawn = Draw(Image(Motion("wipe_right")) with { ZRotation = Dimension.Number(90) }, 2);
        using var rest = Draw(Image() with { ZRotation = Dimension.Number(90) }, 2);
        using var behind = Alone();
        // Turned clockwise, to its right is down.
        Assert.That(Pictures.Difference(drawn, (x, y) => (y + 0.5 - Height / 2.0) switch
        {
            < -Soft => Pictures.At(rest, x, y),
            > Soft => Pictures.At(behind, x, y),
            _ => null,
        }), Is.Zero);
    }

    [Test]
    public void What_a_wipe_has_shown_of_a_text_stays_while_a_word_of_it_comes_to_be_spoken_and_ends()
    {
        var words = Words(Motion("wipe_right")) with { WordAnimation = new() { Style = WordAnimationStyle.Color, Words = [new() { Text = "Motion", Start = 1.6, End = 2.2 }] } };
        int[] shown = [.. Enumerable.Range(0, 60).Select(frame => (int)Measured(words, frame / 60.0, buffer =>
            Enumerable.Range(0, Width).Count(x => Enumerable.Range(0, Height).Any(y => Texts.IsInk(Pictures.At(buffer, x, y))))))];
        Assert.That(shown, Is.Ordered);
        Assert.That(shown[^1], Is.GreaterThan(100));
    }

    [TestCase("explode", 0.97)]
    [TestCase("evaporate", 0.03)]
    public void Letters_that_have_left_their_place_are_not_lost_of_what_breaks(string name, double progress)
    {
        // By letter from an em below: they are still half of that away.
        var rise = new ElementMotion { Type = "slide_up", Scope = MotionScope.Character, Time = 1 + 2 * progress - 0.5, Duration = 1, Delay = 0.0001, Easing = Easing.Linear };
        Assert.That(Measured(Words(rise, Motion(name)), progress, Ink), Is.EqualTo(Measured(Words(rise), progress, Ink)).Within(15).Percent);
    }

    [Test]
    public void A_blur_sharpens()
    {
        double[] steps = [.. new[] { 0.7, 0.8, 0.9, 1 }.Select(presence => Measured(Image(Motion("blur")), presence, buffer => Sum(buffer, (x, y) =>
            x is <= Left or >= Left + Wide - 1 ? 0 : Math.Abs(Pictures.At(buffer, x, y).R - Pictures.At(buffer, x - 1, y).R)), Checks))];
        Assert.That(steps, Is.Ordered.And.Unique);
        Assert.That(steps[0], Is.LessThan(steps[^1] / 3));
    }

    [Test]
    public void What_exploded_comes_together_whole()
    {
        var (image, moments) = (Image(Motion("explode")), new[] { 0.75, 0.85, 0.95, 1 });
        double[] ink = [.. moments.Select(presence => Measured(image, presence, Ink))];
        double[] spread = [.. moments.Select(presence => Measured(image, presence, buffer =>
            Sum(buffer, (x, y) => Pictures.At(buffer, x, y).R * (Math.Pow(x - Width / 2, 2) + Math.Pow(y - Height / 2, 2))) / Ink(buffer)))];
        using (Assert.EnterMultipleScope())
        {
            // What lies on other pieces hides them.
            Assert.That(ink, Is.All.EqualTo(ink[^1]).Within(20).Percent);
            Assert.That(spread, Is.Ordered.Descending.And.Unique);
        }
    }

    [Test]
    public void What_evaporates_rises_and_is_gone()
    {
        var image = Image(Motion("evaporate"));
        double[] moments = [1, 0.8, 0.6, 0.4, 0.2, 0.02];
        // What is above its place fades in the end.
        double[] ink = [.. moments.Select(presence => Measured(image, 1 - presence, Ink))];
        double[] above = [.. moments.Take(3).Select(presence => Measured(image, 1 - presence, buffer => Sum(buffer, (x, y) => y < Top ? Pictures.At(buffer, x, y).R : 0)))];
        double[] below = [.. moments.Select(presence => Measured(image, 1 - presence, buffer => Sum(buffer, (x, y) => y >= Top + High ? Pictures.At(buffer, x, y).R : 0)))];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(ink, Is.Ordered.Descending.And.Unique);
            Assert.That(ink[^1], Is.LessThan(ink[0] / 200));
            Assert.That(above, Is.Ordered.And.Unique);
            Assert.That(below, Is.All.Zero);
            Assert.That(Measured(image, 1, Ink), Is.Zero);
        }
    }

    // By the W3C's formulas of both modes, in floating point.
    [Test]
    public void A_blend_is_its_modes_and_turns_into_the_element(
        [Values("overlay", "difference")] string name, [Values(0.25, 0.5, 0.75, 0.9)] double presence, [Values(51, 160, 255)] int alpha)
    {
        Pixel Source(int x, int y) => Front(x, y) is var pixel ? new((byte)(pixel.B * alpha / 255), (byte)(pixel.G * alpha / 255), (byte)(pixel.R * alpha / 255), (byte)alpha) : default;
        using var drawn = Draw(Image(Motion(name)), 1 + 2 * presence, Source);
        var (cover, settled) = (Math.Min(1, 2 * presence) * alpha / 255, Math.Max(0, 2 * presence - 1));
        double Blend(double b, double s) => name == "difference" ? Math.Abs(b - s) : b <= 0.5 ? 2 * b * s : 1 - 2 * (1 - b) * (1 - s);
        byte Channel(double b, double s) => (byte)Math.Round(255 * ((1 - cover) * b + cover * ((1 - settled) * Blend(b, s) + settled * s)));
        Assert.That(Pictures.Difference(drawn, (x, y) => (x - Left, y - Top, Behind(x, y)) switch
        {
            ( >= 0 and < Wide and var across, >= 0 and < High and var down, var b) when Source(across, down) is var s => new(
                Channel(b.B / 255.0, Math.Min(1.0, s.B / (double)alpha)), Channel(b.G / 255.0, Math.Min(1.0, s.G / (double)alpha)), Channel(b.R / 255.0, Math.Min(1.0, s.R / (double)alpha))),
            _ => Behind(x, y),
        }), Is.LessThanOrEqualTo(3));
    }

    [Test]
    public void A_shimmer_is_seen_on_white()
    {
        using var drawn = Draw(Words(Motion("loop_shimmer")) with { TextColor = "#ffffff" }, 1.7);
        using var rest = Draw(Words() with { TextColor = "#ffffff" }, 1.7);
        Assert.That(Distance(drawn, rest), Is.GreaterThan(1.5));
    }

    [Test]
    public void A_shimmer_sweeps_over_the_element_and_comes_again()
    {
        var image = Image(Motion("loop_shimmer"));
        using var rest = Draw(Image(), 1);
        double Brightest(double round) => Measured(image, round, buffer => Enumerable.Range(0, Width).MaxBy(x => Enumerable.Range(0, Height).Sum(y => Pictures.At(buffer, x, y).B - Pictures.At(rest, x, y).B)), color: Front, behind: Behind);
        double[] places = [.. new[] { 0.2, 0.35, 0.5 }.Select(Brightest)];
        using var once = Draw(image, 1.75);
        using var again = Draw(image, 3.75);
        using var paused = Draw(image, 2.6);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(places, Is.Ordered.And.Unique);
            Assert.That(places, Is.All.InRange(Left, Left + Wide - 1));
            Assert.That(Distance(once, again), Is.Zero);
            Assert.That(Distance(paused, rest), Is.Zero);
            Assert.That(Pictures.Difference(once, (x, y) => x is >= Left and < Left + Wide && y is >= Top and < Top + High ? null : Behind(x, y)), Is.Zero);
        }
    }

    [Test]
    public void A_glitch_parts_the_channels_and_settles()
    {
        double[] parted = [.. new[] { 0.3, 0.6, 0.9, 1 }.Select(presence => Measured(Image(Motion("glitch_pop")), presence, buffer =>
            Sum(buffer, (x, y) => Math.Abs(Pictures.At(buffer, x, y).R - Pictures.At(buffer, x, y).B))))];
        Assert.That(parted, Is.Ordered.Descending.And.Unique);
        Assert.That(parted[^1], Is.Zero);
    }

    static double Ink(PixelBuffer buffer) => Sum(buffer, (x, y) => Pictures.At(buffer, x, y).R);

    static double Sum(PixelBuffer buffer, Func<int, int, double> of)
    {
        var sum = 0.0;
        for (var y = 0; y < Height; y++)
        {
            for (var x = 1; x < Width; x++)
                sum += of(x, y);
        }

        return sum;
    }

    // White before black, unless a test says otherwise.
    static double Measured(SceneElement element, double progress, Func<PixelBuffer, double> measure, Func<int, int, Pixel>? color = null, Func<int, int, Pixel>? behind = null)
    {
        using var drawn = Draw(element, 1 + 2 * progress, color ?? White, behind ?? Black);
        return measure(drawn);
    }
}
