using Framelane.Application.Renders.Scenes;
using Framelane.Rendering.Compositing;
using Framelane.Rendering.Motions;
using Framelane.Rendering.Motions.Finishes;
using Framelane.Rendering.Tests.Compositing;
using Framelane.Rendering.Timelines;
using SkiaSharp;

namespace Framelane.Rendering.Tests.Motions;

public sealed class MotionTests
{
    const int Width = 200, Height = 100;

    internal static IEnumerable<string> Entrances =>
        MotionRegistry.All.Where(motion => motion.Directions.HasFlag(MotionDirections.Entrance) && !motion.IsLoop && !motion.Name.StartsWith("ken_burns", StringComparison.Ordinal)).Select(motion => motion.Name);

    static IEnumerable<string> Loops => MotionRegistry.All.Where(motion => motion.IsLoop).Select(motion => motion.Name);

    internal static IEnumerable<string> Exits => MotionRegistry.All.Where(motion => motion.Directions.HasFlag(MotionDirections.Exit)).Select(motion => motion.Name);

    [Test]
    public void An_easing_is_the_curve_of_its_css_timing_function(
        [Values] Easing easing, [Values(0, 0.1, 0.35, 0.5, 0.8, 1)] double t)
    {
        var (x1, x2) = easing switch { Easing.EaseIn => (0.42, 1.0), Easing.EaseOut => (0.0, 0.58), Easing.EaseInOut => (0.42, 0.58), _ => (1 / 3.0, 2 / 3.0) };
        double Point(double p1, double p2) => 3 * (1 - t) * (1 - t) * t * p1 + 3 * (1 - t) * t * t * p2 + t * t * t;
        Assert.That(easing.Ease(Point(x1, x2)), Is.EqualTo(easing == Easing.Linear ? t : Point(0, 1)).Within(1e-6));
    }

    [TestCaseSource(nameof(Entrances))]
    public void An_entrance_is_unseen_before_it_and_at_rest_after_it(string name)
    {
        var element = Element(new ElementMotion { Type = name, Time = 1, Duration = 1, Delay = 0.5 });
        using (Assert.EnterMultipleScope())
        {
            Assert.That(IsSeen(At(element, 1.4)), Is.False);
            Assert.That(IsSeen(At(element, 2)), Is.True);
            Assert.That(At(element, 2.5)!.Placement, Is.EqualTo(At(Element(), 2.5)!.Placement));
            Assert.That(At(element, 2) is { Opacity: 1, Finish: null, Placement: var place } && place == At(Element(), 2)!.Placement, Is.False);
        }
    }

    [TestCaseSource(nameof(Exits))]
    public void An_exit_is_at_rest_before_it_and_unseen_after_it(string name)
    {
        var both = MotionRegistry.Find(name)!.Directions == MotionDirections.Both;
        var element = Element(new ElementMotion { Type = name, Time = 1, Duration = 1, Reversed = both ? true : null });
        using (Assert.EnterMultipleScope())
        {
            Assert.That(At(element, 1)!.Placement, Is.EqualTo(At(Element(), 1)!.Placement));
            Assert.That(IsSeen(At(element, 2)), Is.False);
        }
    }

    // A box of 50 × 40 about (60, 40), half way from outside the canvas.
    [TestCase("slide_up", 60, 40 + 80 / 2)]
    [TestCase("slide_down", 60, 40 - 60 / 2)]
    [TestCase("slide_left", 60 + 165 / 2.0, 40)]
    [TestCase("slide_right", 60 - 85 / 2.0, 40)]
    public void Slides_come_in_the_direction_of_their_name(string name, double x, double y)
    {
        var placement = At(Element(new ElementMotion { Type = name, Duration = 1, Easing = Easing.Linear }), 0.5)!.Placement;
        Assert.That((placement.X, placement.Y), Is.EqualTo((x, y)));
    }

    [Test]
    public void What_swings_hangs_by_the_middle_of_the_edge_that_is_seen_above(
        [Values("swing_in", "swing_out")] string name, [Values(0, 30, 50)] double anchor, [Values(-200, 50, 100)] double scale, [Values] bool flip, [Values(0, 30, 90)] double turn, [Values(0, 50)] double tilt)
    {
        var element = Element(new ElementMotion { Type = name, Duration = 1 }) with
        {
            XAnchor = Dimension.Number(anchor), YAnchor = Dimension.Number(40 - anchor), YScale = Dimension.Percent(scale), XScale = Dimension.Percent(scale / 2), FlipVertical = flip,
            ZRotation = Dimension.Degrees(turn), XRotation = Dimension.Degrees(tilt), YRotation = Dimension.Degrees(-tilt),
        };
        SKPoint Hinge(PlannedLayer layer) => Perspective.Of(layer.Placement, Width, Height).MapPoint(25, scale < 0 != flip ? 40 : 0);
        var rest = Hinge(At(element with { Motion = [] }, 0)!);
        using (Assert.EnterMultipleScope())
        {
            foreach (var time in new[] { 0.1, 0.4, 0.7 })
                Assert.That(SKPoint.Distance(Hinge(At(element, time)!), rest), Is.LessThan(0.01), $"{time}");
        }
    }

    [TestCase("rotate_cw", -90)]
    [TestCase("rotate_ccw", 90)]
    public void Rotations_turn_the_way_of_their_name(string name, double halfWay)
    {
        var layer = At(Element(new ElementMotion { Type = name, Duration = 1, Easing = Easing.Linear }), 0.5)!;
        Assert.That((layer.Placement.ZRotation, layer.Opacity), Is.EqualTo((halfWay, 0.5)));
    }

    [Test]
    public void What_is_turned_drops_and_blurs_no_more_than_what_stands_upright([Values(0, 45, 90)] double turn, [Values(100, -50)] double scale)
    {
        // A caption of 160 × 10, half as far as its motions go.
        PlannedLayer Moved(string name) => At(Element(new ElementMotion { Type = name, Duration = 1, Easing = Easing.Linear }) with
        {
            Width = Dimension.Number(160), Height = Dimension.Number(10), ZRotation = Dimension.Degrees(turn), XScale = Dimension.Percent(scale), YScale = Dimension.Percent(scale),
        }, 0.5)!;
        var height = 10 * Math.Abs(scale) / 100;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Moved("bounce_motion").Placement.Y, Is.EqualTo(40 - Curves.Fall(0.5) * height * 0.8).Within(1e-9));
            Assert.That(((SoftFocus)Moved("blur").Finish!).Deviation, Is.EqualTo(0.05 * height * 0.5).Within(1e-9));
        }
    }

    [TestCase("ken_burns_in", 1, 1.1, 1.2)]
    [TestCase("ken_burns_out", 1.2, 1.1, 1)]
    [TestCase("ken_burns_in_out", 1, 1.2, 1)]
    public void Ken_Burns_zooms_the_content_and_leaves_the_box(string name, double start, double middle, double end)
    {
        var element = Element(new ElementMotion { Type = name, Duration = 2, Easing = Easing.Linear });
        using (Assert.EnterMultipleScope())
        {
            foreach (var (time, zoom) in new[] { (0, start), (1, middle), (2, end) })
                Assert.That(At(element, time)!.Placement, Is.EqualTo(At(Element(), time)!.Placement with { ContentZoom = At(element, time)!.Placement.ContentZoom }).And.Property("ContentZoom").EqualTo(zoom).Within(1e-9));
        }
    }

    [Test]
    public void A_loop_goes_on_to_the_elements_end_with_its_duration_as_period()
    {
        var element = Element(new ElementMotion { Type = "fade", Duration = 1, Loop = true, Easing = Easing.Linear });
        Assert.That(At(element, 3.25)!.Opacity, Is.EqualTo(0.25).Within(1e-9));
    }

    [TestCaseSource(nameof(Loops))]
    public void A_round_begins_again_and_returns_to_rest(string name)
    {
        var element = Element(new ElementMotion { Type = name, Time = 1, Duration = 2, Delay = 0.5 });
        var rest = At(Element(), 1)!.Placement;
        using (Assert.EnterMultipleScope())
        {
            foreach (var time in new[] { 1, 1.5, 3.5, 5.5 })
                Assert.That((At(element, time)!.Placement, At(element, time)!.Finish), Is.EqualTo((rest, (Finish?)null)), $"{time}");
            Assert.That((At(element, 2.2)!.Placement, At(element, 2.2)!.Finish), Is.Not.EqualTo((rest, (Finish?)null)));
            Assert.That(Unlike(At(element, 2.2)!.Placement, At(element, 6.2)!.Placement), Is.LessThan(1e-6));
        }
    }

    [Test]
    public void Each_moves_unlike_every_other()
    {
        var names = MotionRegistry.All.Select(motion => motion.Name).ToArray();
        // An exit is looked at backwards: what differs from an entrance in its direction alone is meant to be alike.
        var looks = names.Select(name => new[] { 0.2, 0.45, 0.8 }.Select(share =>
            MotionRegistry.Find(name)!.At(share, new(Width, Height, 35, 20, 85, 60))).ToArray()).ToArray();
        for (var one = 0; one < names.Length; one++)
        {
            for (var other = one + 1; other < names.Length; other++)
            {
                if ((names[one], names[other]) is not (("zoom_in", "zoom_out") or ("whip_up", "whip_down")))
                    Assert.That(looks[one], Is.Not.EqualTo(looks[other]), $"{names[one]}, {names[other]}");
            }
        }
    }

    [Test]
    public void What_bounces_touches_the_ground_and_rises_less_each_time()
    {
        var heights = Enumerable.Range(0, 1001).Select(step => Curves.Fall(step / 1000.0)).ToArray();
        var tops = Enumerable.Range(1, 999).Where(step => heights[step] > heights[step - 1] && heights[step] >= heights[step + 1]).Select(step => heights[step]).ToArray();
        Assert.That(heights, Is.All.InRange(0, 1));
        Assert.That(tops, Is.EqualTo(new[] { 1 / 4.0, 1 / 16.0, 1 / 64.0 }).Within(1e-3));
        Assert.That((heights[0], heights[^1]), Is.EqualTo((1.0, 0.0)));
    }

    [Test]
    public void Motions_are_added_to_each_other()
    {
        var element = Element(new ElementMotion { Type = "fade", Duration = 1, Easing = Easing.Linear }, new ElementMotion { Type = "fade", Duration = 1, Easing = Easing.Linear });
        Assert.That(At(element, 0.5)!.Opacity, Is.EqualTo(0.25).Within(1e-9));
    }

    [Test]
    public void Names_are_unlike() => Assert.That(MotionRegistry.All.Select(motion => motion.Name), Is.Unique);

    static ImageElement Element(params ElementMotion[] motions) => Pictures.Image("i") with
    {
        X = Dimension.Number(60), Y = Dimension.Number(40), Width = Dimension.Number(50), Height = Dimension.Number(40), Motion = motions,
    };

    static PlannedLayer? At(ImageElement element, double time) =>
        (PlannedLayer?)Timeline.Of(Pictures.Scene(Width, Height, element), new Dictionary<string, Application.Abstractions.MediaFacts>()).At(time).Pictures.SingleOrDefault();

    static double Unlike(in Placement one, in Placement other) => new[]
    {
        one.X - other.X, one.Y - other.Y, one.ScaleX - other.ScaleX, one.ScaleY - other.ScaleY,
        one.XRotation - other.XRotation, one.YRotation - other.YRotation, one.ZRotation - other.ZRotation,
    }.Max(Math.Abs);

    static bool IsSeen(PlannedLayer? layer) => layer is { Placement: var box }
        && box.X + box.Width / 2 > 0 && box.X - box.Width / 2 < Width && box.Y + box.Height / 2 > 0 && box.Y - box.Height / 2 < Height;
}
