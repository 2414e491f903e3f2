using Framelane.Rendering.Frames;
using Framelane.Rendering.Timelines;
using SkiaSharp;

namespace Framelane.Rendering.Compositing;

/// <summary>Draws the pictures of a frame, and those that are clipped only where what lies directly behind them is opaque.</summary>
/// <param name="draw">Draws a picture as a whole.</param>
sealed class ClipPainter(BufferPool pool, TransitionPainter transitions, Action<SKCanvas, FramePlan, PlannedPicture, ISourcePictures, SKBlendMode> draw)
{
    /// <param name="first">The one that is drawn first; if there is one behind it, that one is not clipped.</param>
    /// <param name="behindAll">Draws what lies behind all pictures.</param>
    /// <param name="blend">How a picture lies on what is behind it.</param>
    public void Draw(SKCanvas canvas, FramePlan plan, int first, ISourcePictures sources, Action<SKCanvas> behindAll, Func<PlannedPicture, SKBlendMode> blend)
    {
        for (var index = first; index < plan.Pictures.Count;)
        {
            if (IsClipped(plan.Pictures[index]))
                index = DrawChain(canvas, plan, index, sources, behindAll, blend);
            else
                draw(canvas, plan, plan.Pictures[index], sources, blend(plan.Pictures[index++]));
        }
    }

    /// <remarks>Of those that give way to each other, each is clipped to what lies behind them all, and not to another.</remarks>
    static bool IsClipped(PlannedPicture picture) => picture switch
    {
        PlannedLayer layer => layer.Element.Clip,
        PlannedTransition transition => transition.Sides.Any(IsClipped),
        _ => false,
    };

    /// <summary>Draws clipped pictures that follow each other: each is kept alone until the next one is clipped to it, so that any number takes two buffers, and a
    /// transition's three while one is drawn.</summary>
    /// <returns>The first that is not of them.</returns>
    int DrawChain(SKCanvas canvas, FramePlan plan, int index, ISourcePictures sources, Action<SKCanvas> behindAll, Func<PlannedPicture, SKBlendMode> blend)
    {
        using var one = pool.Rent(plan.Width, plan.Height);
        using var other = pool.Rent(plan.Width, plan.Height);
        var (behind, clipped) = (one.Buffer, other.Buffer);
        Fill(behind, alone =>
        {
            if (index == 0)
                behindAll(alone);
            else
                draw(alone, plan, plan.Pictures[index - 1], sources, SKBlendMode.SrcOver);
        });
        for (; index < plan.Pictures.Count && IsClipped(plan.Pictures[index]); index++)
        {
            var picture = plan.Pictures[index];
            if (picture is PlannedLayer { Finish.Blending: { } blending } layer)
            {
                // What it is blended with lies on the canvas, and not in a group of its own.
                DrawMasked(plan, layer with { Finish = layer.Finish?.Unblended, Opacity = 1 }, sources, behind, clipped);
                blending.Draw(canvas, clipped, 0, 0, blend(layer), layer.Opacity, pool);
                Fill(behind, alone => blending.Draw(alone, clipped, 0, 0, SKBlendMode.SrcOver, layer.Opacity, pool));
            }
            else
            {
                DrawMasked(plan, picture, sources, behind, clipped);
                clipped.DrawOn(canvas, 0, 0, blend(picture));
                (behind, clipped) = (clipped, behind);
            }
        }

        return index;
    }

    void DrawMasked(FramePlan plan, PlannedPicture picture, ISourcePictures sources, PixelBuffer mask, PixelBuffer target) => Fill(target, alone =>
    {
        if (picture is PlannedTransition transition)
        {
            transitions.Draw(alone, plan, transition, sources, SKBlendMode.SrcOver, mask);
            return;
        }

        draw(alone, plan, picture, sources, SKBlendMode.SrcOver);
        mask.DrawOn(alone, 0, 0, SKBlendMode.DstIn);
    });

    static void Fill(PixelBuffer target, Action<SKCanvas> paint)
    {
        target.Bytes.Clear();
        using var surface = target.ToSurface();
        // As within a group of the canvas: there too a blend is drawn in Skia's way, and not straight on the pixels.
        surface.Canvas.Save();
        paint(surface.Canvas);
        surface.Flush();
    }
}
