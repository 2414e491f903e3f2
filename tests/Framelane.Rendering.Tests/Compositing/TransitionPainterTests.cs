using Framelane.Application.Abstractions;
using Framelane.Application.Renders.Scenes;
using Framelane.Rendering.Compositing;
using Framelane.Rendering.Frames;
using Framelane.Rendering.Timelines;
using Framelane.Rendering.Transitions;
using SkiaSharp;

namespace Framelane.Rendering.Tests.Compositing;

public sealed class TransitionPainterTests
{
    const int Width = 64, Height = 48;

    static readonly string[] Types = ["cross_dissolve", "page_turn", "dip_to_black", "circle_open"];

    [TestCase(1)]
    [TestCase(3)]
    [TestCase(499)]
    public void Any_number_of_transitions_that_overlap_takes_three_buffers(int length)
    {
        using var pool = new BufferPool();
        using var pictures = new Pictures();
        using var target = new PixelBuffer(Width, Height);
        using var surface = target.ToSurface();
        var (drawn, targets) = (0, new HashSet<nint>());
        TransitionPainter painter = null!;
        painter = new(pool, (canvas, plan, picture, sources, blend) =>
        {
            if (picture is PlannedTransition inner)
                painter.Draw(canvas, plan, inner, sources, blend);
            drawn++;
            using var pixels = canvas.Surface!.PeekPixels();
            targets.Add(pixels.GetPixels());
        });
        var scene = Chain(length, Enumerable.Repeat("cross_dissolve", length));
        var plan = Timeline.Of(scene, new Dictionary<string, MediaFacts>()).At(100);
        painter.Draw(surface.Canvas, plan, (PlannedTransition)plan.Pictures.Single(), pictures, SKBlendMode.SrcOver);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(drawn, Is.EqualTo(length + 1));
            Assert.That(targets, Has.Count.LessThanOrEqualTo(3));
        }
    }

    [TestCase(1)]
    [TestCase(3)]
    [TestCase(4)]
    public void The_picture_of_the_first_ones_is_the_first_side_of_the_next(int length)
    {
        using var pictures = Sources(length);
        var scene = Chain(length, Enumerable.Range(0, length).Select(index => Types[index]));
        var plan = Timeline.Of(scene, new Dictionary<string, MediaFacts>()).At(100);
        using var drawn = pictures.Draw(scene, 100);
        using var expected = Drawn((PlannedTransition)plan.Pictures.Single());
        Assert.That(drawn.Bytes.SequenceEqual(expected.Bytes));

        // Each for itself, and the first ones' picture drawn anew for the next.
        PixelBuffer Drawn(PlannedPicture picture)
        {
            if (picture is not PlannedTransition transition)
                return pictures.Draw(scene with { Elements = [((PlannedLayer)picture).Element], Transitions = [] }, 100);
            using var before = Drawn(transition.From!);
            using var from = Pictures.Painted(Width, Height, (_, _) => default);
            using (var surface = from.ToSurface())
                before.DrawOn(surface.Canvas, 0, 0, SKBlendMode.SrcOver);
            using var to = Drawn(transition.To!);
            var both = new PixelBuffer(Width, Height);
            TransitionRegistry.Get(transition.Type).Draw(from, to, transition.Progress, both);
            return both;
        }
    }

    [Test]
    public void Of_hundreds_none_may_be_seen_but_the_first()
    {
        using var pictures = Sources(0);
        var scene = Chain(499, Enumerable.Repeat("wipe_left", 499));
        using var drawn = pictures.Draw(scene with { Elements = [.. scene.Elements.Select((element, index) => element with { Visible = index == 0 })] }, 100);
        Assert.That(Pictures.Difference(drawn, (x, y) => x < 8 ? Pictures.At(pictures["e0"], x, y) : null), Is.Zero);
    }

    /// <summary>Elements that all come in together, each while the one before it does.</summary>
    static CreateRenderRequest Chain(int length, IEnumerable<string> types) => new()
    {
        Width = Width,
        Height = Height,
        Alpha = true,
        OutputFormat = OutputFormat.Webm,
        BackgroundColor = "#00000000",
        Elements = [.. Enumerable.Range(0, length + 1).Select(index => Pictures.Image($"e{index}") with { Time = 0.01 * index, Duration = 150 })],
        Transitions = [.. types.Select((type, index) => new SceneTransition { Type = type, Duration = 100, FromId = $"e{index}", ToId = $"e{index + 1}" })],
    };

    static Pictures Sources(int length)
    {
        var random = new Random(1);
        var pictures = new Pictures();
        for (var index = 0; index <= length; index++)
        {
            pictures.With($"e{index}", Width, Height, (_, _) =>
            {
                var alpha = random.Next(256);
                return new((byte)random.Next(alpha + 1), (byte)random.Next(alpha + 1), (byte)random.Next(alpha + 1), (byte)alpha);
            });
        }

        return pictures;
    }
}
