using Framelane.Application.Abstractions;
using Framelane.Application.Renders.Scenes;
using Framelane.Rendering.Compositing;
using Framelane.Rendering.Effects;
using Framelane.Rendering.Frames;
using Framelane.Rendering.Timelines;
using static Framelane.Rendering.Tests.Compositing.Pictures;

namespace Framelane.Rendering.Tests.Compositing;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class CompositorTests : IDisposable
{
    static readonly Pixel Red = new(0, 0, 255), Green = new(0, 255, 0), Blue = new(255, 0, 0), White = new(255, 255, 255), Black = new(0, 0, 0), Clear = new(0, 0, 0, 0);

    readonly Pictures pictures = new Pictures()
        .With("red", 20, 20, (_, _) => Red)
        .With("green", 20, 20, (_, _) => Green)
        .With("thirds", 60, 20, (x, _) => x < 20 ? Red : x < 40 ? Green : Blue)
        .With("hole", 40, 20, (x, _) => x < 20 ? Green : Clear);

    public void Dispose() => pictures.Dispose();

    [Test]
    public void The_background_colour_fills_the_canvas_over_black()
    {
        using var drawn = pictures.Draw(Scene(16, 16) with { BackgroundColor = "#ff000080" });
        Assert.That(Difference(drawn, (_, _) => new(0, 0, 128)), Is.LessThanOrEqualTo(1));
    }

    [Test]
    public void A_png_keeps_what_its_background_leaves_open()
    {
        using var drawn = pictures.Draw(Scene(16, 16) with { BackgroundColor = "#ff000080", OutputFormat = OutputFormat.Png });
        using var usual = pictures.Draw(Scene(16, 16) with { OutputFormat = OutputFormat.Png });
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Difference(drawn, (_, _) => new(0, 0, 128, 128)), Is.LessThanOrEqualTo(1));
            Assert.That(Difference(usual, (_, _) => Black), Is.Zero);
        }
    }

    [Test]
    public void A_transparent_output_keeps_the_alpha_of_its_background_and_elements()
    {
        var scene = Scene(40, 20, Image("hole") with { Opacity = 50 }) with { Alpha = true };
        using var plain = pictures.Draw(scene);
        using var tinted = pictures.Draw(scene with { BackgroundColor = "#0000ff80" });
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Difference(plain, (x, _) => x < 20 ? new(0, 128, 0, 128) : Clear), Is.LessThanOrEqualTo(1));
            Assert.That(Difference(tinted, (x, _) => x < 20 ? new(64, 128, 0, 192) : new(128, 0, 0, 128)), Is.LessThanOrEqualTo(2));
        }
    }

    [Test]
    public void The_background_image_covers_the_canvas()
    {
        using var image = Painted(60, 20, (x, _) => x < 20 ? Red : x < 40 ? Green : Blue);
        pictures.Background = image;
        using var drawn = pictures.Draw(Scene(20, 20));
        Assert.That(Difference(drawn, (_, _) => Green), Is.Zero);
    }

    [TestCase(Fit.Cover)]
    [TestCase(Fit.Contain)]
    [TestCase(Fit.Fill)]
    public void A_source_of_another_shape_is_cut_or_gets_bars_or_is_stretched(Fit fit)
    {
        using var drawn = pictures.Draw(Scene(60, 60, Image("thirds") with { Fit = fit }));
        // Magnified three times where it is cut or stretched: edges are soft.
        Assert.That(
            Difference(drawn, (x, y) => fit switch
            {
                Fit.Cover => x is < 3 or > 56 ? null : Green,
                Fit.Contain when y is < 20 or >= 40 => Black,
                _ => Math.Abs(x - 19.5) < 2 || Math.Abs(x - 39.5) < 2 ? null : x < 20 ? Red : x < 40 ? Green : Blue,
            }),
            Is.Zero);
    }

    [Test]
    public void A_crop_takes_its_shares_of_the_source()
    {
        using var drawn = pictures.Draw(Scene(60, 20, Image("thirds") with { CropLeft = 0.5, CropRight = 0.1, Fit = Fit.Fill }));
        // 30 to 54 of 60 remain: green until 40, which is 10 of 24.
        Assert.That(Difference(drawn, (x, _) => Math.Abs(x + 0.5 - 25) < 2 ? null : x < 25 ? Green : Blue), Is.LessThanOrEqualTo(1));
    }

    [Test]
    public void An_overlay_tints_what_the_element_itself_covers()
    {
        using var drawn = pictures.Draw(Scene(40, 20, Image("hole") with { ColorOverlay = "#ff000080" }));
        Assert.That(Difference(drawn, (x, _) => x < 20 ? new(0, 127, 128) : Black), Is.LessThanOrEqualTo(1));
    }

    [Test]
    public void A_clipped_element_is_seen_only_over_what_lies_directly_behind_it()
    {
        using var drawn = pictures.Draw(Scene(40, 20, Image("red") with { Clip = true }, Image("hole"), Image("green")) with { BackgroundColor = "#0000ff" });
        Assert.That(Difference(drawn, (x, _) => x < 20 ? Red : Green), Is.Zero);
    }

    // Red that is clipped to red that is clipped to green, before blue.
    [TestCase(0.5, 255, 0, 0, Description = "the green has not come")]
    [TestCase(1, 255, 0, 0, Description = "it is in its first frame")]
    [TestCase(1.5, 32, 32, 191)]
    [TestCase(4.5, 255, 0, 0, Description = "it has gone")]
    [TestCase(5, 0, 0, 255, Description = "it has ended: the background lies behind the red")]
    public void What_is_clipped_is_seen_nowhere_while_what_lies_behind_it_has_faded_to_nothing(double time, int blue, int green, int red)
    {
        ElementMotion[] fades = [new() { Type = "fade", Time = 1, Duration = 1, Easing = Easing.Linear }, new() { Type = "fade", Time = 3, Duration = 1, Reversed = true }];
        pictures.With("front", 20, 20, (_, _) => Red);
        using var drawn = pictures.Draw(
            Scene(40, 20, Image("front") with { Clip = true }, Image("red") with { Clip = true }, Image("green") with { Motion = fades, Duration = 5 }) with { BackgroundColor = "#0000ff" }, time);
        Assert.That(Difference(drawn, (_, _) => new((byte)blue, (byte)green, (byte)red)), Is.LessThanOrEqualTo(2));
    }

    [Test]
    public void Of_a_pair_before_nothing_only_the_side_that_is_not_clipped_is_seen()
    {
        var scene = Scene(40, 20, Image("green") with { Clip = true }, Image("red") with { Duration = 2 }, Image("hole") with { Opacity = 0 }) with
        {
            Transitions = [new() { Type = "cross_dissolve", Duration = 1, FromId = "red", ToId = "green" }],
        };
        using var drawn = pictures.Draw(scene, 1.5);
        using var clipped = pictures.Draw(scene with { Elements = [scene.Elements[0], Image("red") with { Duration = 2, Clip = true }, scene.Elements[2]] }, 1.5);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Difference(drawn, (_, _) => new(0, 0, 128)), Is.LessThanOrEqualTo(1));
            Assert.That(Difference(clipped, (_, _) => Black), Is.Zero);
        }
    }

    [Test]
    public void What_is_clipped_to_a_pair_of_nothing_is_not_seen()
    {
        var scene = Scene(40, 20, Image("green") with { Clip = true, ZIndex = 1 }, Image("hole") with { Opacity = 0 }, Image("red") with { Duration = 2, Opacity = 0 }) with
        {
            Transitions = [new() { Type = "cross_dissolve", Duration = 1, FromId = "red", ToId = "hole" }],
        };
        using var drawn = pictures.Draw(scene, 1.5);
        Assert.That(Difference(drawn, (_, _) => Black), Is.Zero);
    }

    [Test]
    public void Clips_follow_each_other_and_keep_to_the_background_of_a_transparent_output()
    {
        var twice = Scene(40, 20, Image("red") with { Clip = true, Height = Dimension.Percent(50) }, Image("green") with { Clip = true }, Image("hole"));
        using var chained = pictures.Draw(twice);
        using var alone = pictures.Draw(Scene(40, 20, Image("red") with { Clip = true }) with { Alpha = true });
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Difference(chained, (x, y) => x >= 20 ? Black : y is >= 5 and < 15 ? Red : Green), Is.Zero);
            Assert.That(Difference(alone, (_, _) => Clear), Is.Zero);
        }
    }

    [Test]
    public void Of_a_long_chain_of_clips_each_is_drawn_once()
    {
        const int Length = 60;
        var counted = new Counted(pictures);
        var scene = Scene(40, 20, [.. Enumerable.Range(0, Length).Select(index => Image("red") with { Id = $"red{index}", Clip = true }), Image("hole")]);
        var timeline = Timeline.Of(scene, new Dictionary<string, MediaFacts>());
        using var target = new PixelBuffer(timeline.Width, timeline.Height);
        using var compositor = new Compositor(scene);
        compositor.Draw(timeline.At(0), counted, target);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Difference(target, (x, _) => x < 20 ? Red : Black), Is.Zero);
            // What is behind them all is drawn for itself, and to be clipped to; an image is asked for twice.
            Assert.That(counted.Asked, Is.LessThanOrEqualTo(2 * (Length + 2)));
        }
    }

    [Test]
    public void Round_corners_cut_and_the_border_lies_inside_the_box()
    {
        using var drawn = pictures.Draw(Scene(60, 60, Image("red") with
        {
            Width = Dimension.Number(40), Height = Dimension.Number(40), BorderRadius = 12, BorderWidth = 4, BorderColor = "#ffffff",
        }));
        // The distance from the edge of a round rectangle of half side h and radius r about the middle; negative inside.
        static double Edge(int x, int y, double h, double r)
        {
            var (dx, dy) = (Math.Abs(x + 0.5 - 30) - h + r, Math.Abs(y + 0.5 - 30) - h + r);
            return Math.Sqrt(Math.Pow(Math.Max(0, dx), 2) + Math.Pow(Math.Max(0, dy), 2)) + Math.Min(0, Math.Max(dx, dy)) - r;
        }

        Assert.That(
            Difference(drawn, (x, y) => (Edge(x, y, 20, 12), Edge(x, y, 16, 8)) switch
            {
                ( > 1, _) => Black,
                ( < -1, > 1) => White,
                (_, < -1) => Red,
                _ => null,
            }),
            Is.LessThanOrEqualTo(1));
    }

    [Test]
    public void A_shadow_lies_behind_moved_and_blurred_with_half_its_blur_as_deviation()
    {
        using var drawn = pictures.Draw(Scene(100, 60, Image("red") with
        {
            Width = Dimension.Number(40), Height = Dimension.Number(40), X = Dimension.Number(30), ShadowColor = "#ffffff", ShadowBlur = 8, ShadowX = 20,
        }));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(At(drawn, 48, 30), Is.EqualTo(Red));
            Assert.That(At(drawn, 60, 30).G, Is.EqualTo(255).Within(4));
            // One deviation of 4 pixels beyond its edge at 70: 15.9 % of a normal distribution lies beyond; 12 levels of tolerance, for Skia's three boxes.
            Assert.That(At(drawn, 74, 30).G, Is.EqualTo(255 * 0.159 * 0.9).Within(12));
            Assert.That(At(drawn, 90, 30), Is.EqualTo(Black));
        }
    }

    [Test]
    public void A_composition_is_drawn_as_one_picture()
    {
        var inner = new CompositionElement
        {
            Width = Dimension.Number(40), Height = Dimension.Number(20), X = Dimension.Number(20), Y = Dimension.Number(10), Opacity = 50,
            Elements = [Image("red") with { Width = Dimension.Percent(50), X = Dimension.Percent(25) }, Image("green")],
        };
        using var drawn = pictures.Draw(Scene(80, 40, inner));
        Assert.That(Difference(drawn, (x, y) => x >= 40 || y >= 20 ? Black : x < 20 ? new(0, 0, 128) : new(0, 128, 0)), Is.LessThanOrEqualTo(1));
    }

    [Test]
    public void A_transition_shows_the_first_at_its_start_and_the_second_after_it()
    {
        var scene = Scene(20, 20, Image("red") with { Duration = 2 }, Image("green")) with
        {
            Transitions = [new() { Type = "cross_dissolve", Duration = 1, FromId = "red", ToId = "green" }],
        };
        using var start = pictures.Draw(scene, 1);
        using var middle = pictures.Draw(scene, 1.5);
        using var end = pictures.Draw(scene, 2);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Difference(start, (_, _) => Red), Is.Zero);
            Assert.That(Difference(middle, (_, _) => new(0, 128, 128)), Is.LessThanOrEqualTo(1));
            Assert.That(Difference(end, (_, _) => Green), Is.Zero);
        }
    }

    [Test]
    public void Elements_that_give_way_to_each_other_are_clipped_to_what_lies_behind_them_both()
    {
        var pair = Scene(40, 20, Image("green") with { Clip = true }, Image("red") with { Duration = 2 }, Image("hole")) with
        {
            Transitions = [new() { Type = "cross_dissolve", Duration = 1, FromId = "red", ToId = "green" }],
        };
        using var second = pictures.Draw(pair, 1.5);
        using var both = pictures.Draw(pair with { Elements = [pair.Elements[0], Image("red") with { Duration = 2, Clip = true }, pair.Elements[2]] }, 1.5);
        using var alone = pictures.Draw(pair with { Elements = [.. pair.Elements.Take(2)], Alpha = true, BackgroundColor = "#00000000" }, 1.5);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Difference(both, (x, _) => x < 20 ? new(0, 128, 128) : Black), Is.LessThanOrEqualTo(1));
            Assert.That(Difference(second, (x, _) => x < 20 ? new(0, 128, 128) : new(0, 0, 128)), Is.LessThanOrEqualTo(1), "the other is not clipped");
            Assert.That(Difference(alone, (_, _) => new(0, 0, 128, 128)), Is.LessThanOrEqualTo(1), "nothing lies behind");
        }
    }

    [Test]
    public void What_is_clipped_to_a_pair_is_seen_where_both_of_it_are()
    {
        // The pair is seen in the left half, where what lies behind it is.
        var scene = Scene(40, 20, Image("red") with { Id = "front", Clip = true }, Image("green") with { Clip = true }, Image("red") with { Duration = 2, Clip = true }, Image("hole")) with
        {
            BackgroundColor = "#0000ff",
            Transitions = [new() { Type = "cross_dissolve", Duration = 1, FromId = "red", ToId = "green" }],
        };
        pictures.With("front", 20, 20, (_, _) => White);
        using var drawn = pictures.Draw(scene, 1.5);
        Assert.That(Difference(drawn, (x, _) => x < 20 ? White : Blue), Is.LessThanOrEqualTo(1));
    }

    /// <summary>Of elements that all show one picture, how often any was asked for.</summary>
    sealed class Counted(Pictures pictures) : ISourcePictures
    {
        public int Asked { get; private set; }

        public PixelBuffer? Background => null;

        public PixelBuffer? Of(PlannedLayer layer)
        {
            Asked++;
            return pictures[layer.Element.Id.StartsWith("red", StringComparison.Ordinal) ? "red" : layer.Element.Id];
        }

        public CubeLut? Lut(string url) => null;
    }
}
