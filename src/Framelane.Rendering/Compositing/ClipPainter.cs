using Framelane.Rendering.Frames;
using Framelane.Rendering.Motions.Finishes;
using Framelane.Rendering.Timelines;
using SkiaSharp;

namespace Framelane.Rendering.Compositing;

/// <summary>Draws the pictures of a frame, and those that are clipped only where what lies directly behind them is opaque.</summary>
/// <param name="draw">Draws a picture as a whole.</param>
sealed class ClipPainter(BufferPool pool, Action<SKCanvas, FramePlan, PlannedPicture, ISourcePictures, SKBlendMode> draw)
{
    /// <param name="behindAll">Draws what lies behind the first picture.</param>
    public void Draw(SKCanvas canvas, FramePlan plan, int index, ISourcePictures sources, Action<SKCanvas> behindAll, SKBlendMode blend)
    {
        if (plan.Pictures[index] is not PlannedLayer { Element.Clip: true } layer)
        {
            draw(canvas, plan, plan.Pictures[index], sources, blend);
            return;
        }

        if (layer.Finish?.Blending is { } blending)
        {
            DrawBlending(canvas, plan, index, layer, blending, sources, behindAll, blend);
            return;
        }

        using var whole = new SKPaint { BlendMode = blend };
        canvas.SaveLayer(whole);
        DrawMasked(canvas, plan, index, layer, sources, behindAll);
        canvas.Restore();
    }

    // What it is blended with lies on the canvas, and not in a group of its own.
    void DrawBlending(SKCanvas canvas, FramePlan plan, int index, PlannedLayer layer, BlendIn blending, ISourcePictures sources, Action<SKCanvas> behindAll, SKBlendMode blend)
    {
        using var lease = pool.Rent(plan.Width, plan.Height);
        lease.Buffer.Bytes.Clear();
        using (var surface = lease.Buffer.ToSurface())
        {
            DrawMasked(surface.Canvas, plan, index, layer with { Finish = layer.Finish?.Unblended, Opacity = 1 }, sources, behindAll);
            surface.Flush();
        }

        blending.Draw(canvas, lease.Buffer, 0, 0, blend, layer.Opacity, pool);
    }

    void DrawMasked(SKCanvas canvas, FramePlan plan, int index, PlannedLayer layer, ISourcePictures sources, Action<SKCanvas> behindAll)
    {
        draw(canvas, plan, layer, sources, SKBlendMode.SrcOver);
        using var mask = new SKPaint { BlendMode = SKBlendMode.DstIn };
        canvas.SaveLayer(mask);
        if (index == 0)
            behindAll(canvas);
        else
            Draw(canvas, plan, index - 1, sources, behindAll, SKBlendMode.SrcOver);
        canvas.Restore();
    }
}
