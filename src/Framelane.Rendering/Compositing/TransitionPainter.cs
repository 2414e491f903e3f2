using Framelane.Rendering.Frames;
using Framelane.Rendering.Timelines;
using Framelane.Rendering.Transitions;
using SkiaSharp;

namespace Framelane.Rendering.Compositing;

/// <summary>Draws pictures that give way to each other. However many overlap, they take three buffers: the first transition's picture is the first side of
/// the next, and is no longer needed then.</summary>
/// <param name="draw">Draws a picture as a whole.</param>
sealed class TransitionPainter(
    BufferPool pool, Action<SKCanvas, FramePlan, PlannedPicture, ISourcePictures, SKBlendMode> draw, CancellationToken cancellationToken = default)
{
    /// <param name="mask">Sides that are clipped are seen only where this is opaque; left out, everywhere.</param>
    public void Draw(
        SKCanvas canvas, FramePlan plan, PlannedTransition transition, ISourcePictures sources, SKBlendMode blend, PixelBuffer? mask = null)
    {
        using var one = pool.Rent(plan.Width, plan.Height);
        using var other = pool.Rent(plan.Width, plan.Height);
        using var second = pool.Rent(plan.Width, plan.Height);
        var (from, both, to) = (one.Buffer, other.Buffer, second.Buffer);
        var chain = transition.Chain;
        DrawAlone(plan, chain[0].From, sources, mask, from);
        foreach (var each in chain)
        {
            // Where a side is drawn that is looked at too, but it may not be there.
            cancellationToken.ThrowIfCancellationRequested();
            DrawAlone(plan, each.To, sources, mask, to);
            TransitionRegistry.Get(each.Type).Draw(from, to, each.Progress, both);
            (from, both) = (both, from);
        }

        from.DrawOn(canvas, 0, 0, blend);
    }

    void DrawAlone(FramePlan plan, PlannedPicture? picture, ISourcePictures sources, PixelBuffer? mask, PixelBuffer target)
    {
        target.Bytes.Clear();
        if (picture is null)
            return;
        using var surface = target.ToSurface();
        draw(surface.Canvas, plan, picture, sources, SKBlendMode.SrcOver);
        if (picture is PlannedLayer { Element.Clip: true })
            mask?.DrawOn(surface.Canvas, 0, 0, SKBlendMode.DstIn);
        surface.Flush();
    }
}
