using Framelane.Application.Abstractions;
using Framelane.Rendering.Compositing;
using Framelane.Rendering.Frames;
using Framelane.Rendering.Timelines;
using SkiaSharp;

namespace Framelane.Rendering.Tests.Compositing;

public sealed class ClipPainterTests
{
    [Test]
    public void A_long_chain_of_clips_takes_two_buffers_and_no_groups_within_groups()
    {
        const int Length = 200;
        var scene = Pictures.Scene(64, 48, [.. Enumerable.Range(0, Length).Select(index => Pictures.Image($"image{index}") with { Clip = index < Length - 1 })]);
        var plan = Timeline.Of(scene, new Dictionary<string, MediaFacts>()).At(0);
        var (drawn, deepest) = (0, 0);
        var targets = new HashSet<nint>();
        using var pool = new BufferPool();
        using var pictures = new Pictures();
        using var target = new PixelBuffer(64, 48);
        using var surface = target.ToSurface();
        void Draw(SKCanvas canvas, FramePlan plan, PlannedPicture picture, ISourcePictures sources, SKBlendMode blend)
        {
            drawn++;
            deepest = Math.Max(deepest, canvas.SaveCount);
            using var pixels = canvas.Surface!.PeekPixels();
            targets.Add(pixels.GetPixels());
        }

        var painter = new ClipPainter(pool, new(pool, Draw), Draw);
        painter.Draw(surface.Canvas, plan, 0, pictures, _ => { }, _ => SKBlendMode.SrcOver);
        using (Assert.EnterMultipleScope())
        {
            // The one behind them all is drawn for itself too.
            Assert.That(drawn, Is.EqualTo(Length + 1));
            Assert.That(deepest, Is.LessThanOrEqualTo(2));
            Assert.That(targets, Has.Count.EqualTo(3));
        }
    }
}
