using Framelane.Application.Renders.Scenes;
using Framelane.Rendering.Frames;
using Framelane.Rendering.Text;
using Framelane.Rendering.Timelines;
using SkiaSharp;

namespace Framelane.Rendering.Compositing;

/// <summary>How far on the canvas a picture changes anything.</summary>
sealed class Reach(TextPainter texts)
{
    // Skia's blur ends at three times its deviation, which is half of what a scene says.
    const double BlurReach = 1.5;

    // Smooth edges, and what is rounded.
    const int Margin = 2;

    /// <returns>Null where it may be anywhere.</returns>
    public Area? Of(FramePlan plan, PlannedPicture picture)
    {
        // One that is clipped asks for what is behind it.
        if (picture is not PlannedLayer { Element.Clip: false } layer)
            return null;
        return OfDrawn(plan, layer) is { } drawn ? layer.Finish?.Around(drawn, 1) ?? drawn : null;
    }

    /// <returns>Before its finish. Null where it may be anywhere.</returns>
    public Area? OfDrawn(FramePlan plan, PlannedLayer layer) =>
        layer.Element is TextElement ? texts.AreaOf(plan, layer) : Of(layer, plan.Width, plan.Height);

    /// <returns>Of any layer but a text. Null where it may be anywhere.</returns>
    public static Area? Of(PlannedLayer layer, int canvasWidth, int canvasHeight)
    {
        var placement = layer.Placement;
        var matrix = Perspective.Of(placement, canvasWidth, canvasHeight);
        if (matrix is not { Persp0: 0, Persp1: 0 })
            return null;
        var pixels = Mapped(matrix, InkOf(layer).Ink, canvasWidth, canvasHeight);
        return new(pixels.Left - Margin, pixels.Top - Margin, pixels.Right + Margin, pixels.Bottom + Margin);
    }

    /// <summary>Where a rectangle lies on the canvas; empty where it does not.</summary>
    public static Area Mapped(in SKMatrix matrix, SKRect ink, int canvasWidth, int canvasHeight) =>
        Pixels(matrix.MapRect(ink), new(-Margin, -Margin, canvasWidth + Margin, canvasHeight + Margin));

    /// <summary>The pixels that a rectangle touches of those within bounds, which integers hold; empty where it touches none, and where it is no number.</summary>
    public static Area Pixels(SKRect reached, SKRect within)
    {
        // In floats a far corner may lie beyond what integers hold.
        var pixels = SKRectI.Ceiling(SKRect.Intersect(reached, within), outwards: true);
        return new(pixels.Left, pixels.Top, pixels.Right, pixels.Bottom);
    }

    /// <summary>The box of any layer but a text, and the same with its shadow; in the pixels of the box.</summary>
    public static (SKRect Box, SKRect Ink) InkOf(PlannedLayer layer)
    {
        var (right, down) = Shadow(layer.Element);
        var box = new SKRect(0, 0, (float)layer.Placement.Width, (float)layer.Placement.Height);
        return (box, SKRect.Inflate(box, right, down));
    }

    static (float Right, float Down) Shadow(VisualElement element) => element.ShadowColor is null
        ? default
        : ((float)(Math.Abs(element.ShadowX) + (element.ShadowBlur * BlurReach)), (float)(Math.Abs(element.ShadowY) + (element.ShadowBlur * BlurReach)));
}
