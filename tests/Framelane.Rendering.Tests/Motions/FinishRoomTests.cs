using Framelane.Application.Abstractions;
using Framelane.Application.Renders.Scenes;
using Framelane.Rendering.Compositing;
using Framelane.Rendering.Frames;
using Framelane.Rendering.Motions;
using Framelane.Rendering.Motions.Finishes;
using Framelane.Rendering.Tests.Compositing;
using Framelane.Rendering.Timelines;

namespace Framelane.Rendering.Tests.Motions;

/// <summary>What a motion makes of a picture has room: nothing of it is cut off at the edge of the area that the motion says it reaches.</summary>
public sealed class FinishRoomTests
{
    const int Width = 480, Height = 360;

    static readonly double[] Moments = [.. Enumerable.Range(1, 24).Select(step => step / 25.0)];

    /// <summary>Those that change the picture, and do not only move it.</summary>
    static IEnumerable<string> Names =>
        MotionRegistry.All.Where(motion => Moments.Any(moment => Plan(Scene(Box(motion.Name)), Stage.TimeOf(motion, moment)).Layers.Any(layer => layer.Finish is not null))).Select(motion => motion.Name);

    // Square to the canvas and without a shadow, so that what is drawn fills its area up to the edge.
    static ImageElement Box(string motion) => Pictures.Image("front") with { Width = Dimension.Number(50), Height = Dimension.Number(36), Motion = [Stage.Motion(motion)] };

    [Test]
    public void With_much_more_room_it_looks_the_same([ValueSource(nameof(Names))] string name, [Values("box", "turned", "text")] string kind)
    {
        var motion = MotionRegistry.All.Single(motion => motion.Name == name);
        SceneElement element = kind switch
        {
            "box" => Box(name),
            "turned" => Box(name) with { ZRotation = Dimension.Number(20), ShadowColor = "#00ff00", ShadowX = 4, ShadowBlur = 5 },
            _ => Stage.Words(Stage.Motion(name)) with { FontSize = 30 },
        };
        using (Assert.EnterMultipleScope())
        {
            foreach (var moment in Moments)
            {
                using var usual = Draw(element, Stage.TimeOf(motion, moment), finish => finish);
                using var roomy = Draw(element, Stage.TimeOf(motion, moment), finish => finish is null ? null : new Roomy(finish));
                // A number that grows across the element is reckoned from the buffer's corner: its last bit may differ.
                Assert.That(Pictures.Difference(roomy, (x, y) => Pictures.At(usual, x, y)), Is.LessThanOrEqualTo(1), $"at {moment}");
            }
        }
    }

    static CreateRenderRequest Scene(SceneElement element) => Pictures.Scene(Width, Height, element, Pictures.Image("behind"));

    static FramePlan Plan(CreateRenderRequest scene, double time) => Timeline.Of(scene, new Dictionary<string, MediaFacts>()).At(time);

    static PixelBuffer Draw(SceneElement element, double time, Func<Finish?, Finish?> change)
    {
        var scene = Scene(element);
        var plan = Plan(scene, time);
        plan = plan with { Pictures = [.. plan.Pictures.Select(picture => picture is PlannedLayer layer ? layer with { Finish = change(layer.Finish) } : picture)] };
        using var pictures = new Pictures().With("front", 50, 36, Stage.Front).With("behind", Width, Height, (_, _) => new(90, 90, 90));
        using var compositor = new Compositor(scene);
        var target = new PixelBuffer(Width, Height);
        compositor.Draw(plan, pictures, target);
        return target;
    }

    /// <summary>The same in a buffer that is larger on all sides.</summary>
    sealed record Roomy(Finish Inner) : Finish
    {
        const int More = 120;

        internal override BlendIn? Blending => Inner.Blending;

        internal override Area Around(in Area drawn, double scale) => Inner.Around(drawn, scale) is var area ? new(area.Left - More, area.Top - More, area.Right + More, area.Bottom + More) : default;

        internal override void Apply(PixelBuffer picture, in Ground ground) => Inner.Apply(picture, ground);
    }
}
