using Framelane.Application.Renders.Scenes;
using Framelane.Rendering.Effects;
using Framelane.Rendering.Frames;
using Framelane.Rendering.Motions.Finishes;
using Framelane.Rendering.Text;
using Framelane.Rendering.Timelines;
using SkiaSharp;

namespace Framelane.Rendering.Compositing;

/// <summary>Draws layers whose motions change their picture: each alone first, and then what is made of it.</summary>
/// <param name="draw">Draws a layer's content and style at its place.</param>
sealed class FinishPainter(BufferPool pool, TextPainter texts, Reach reach, Action<SKCanvas, FramePlan, PlannedLayer, ISourcePictures> draw)
{
    public void Draw(SKCanvas canvas, FramePlan plan, PlannedLayer layer, Finish finish, ISourcePictures sources, SKBlendMode blend)
    {
        var drawn = reach.OfDrawn(plan, layer) ?? new(0, 0, plan.Width, plan.Height);
        var all = finish.Around(drawn, 1).Within(plan.Width, plan.Height);
        if (all.IsEmpty)
            return;
        using var lease = pool.Rent(all.Width, all.Height);
        var picture = lease.Buffer;
        picture.Bytes.Clear();
        using (var surface = picture.ToSurface())
        {
            surface.Canvas.Translate(-all.Left, -all.Top);
            draw(surface.Canvas, plan, layer with { Finish = null, Opacity = 1 }, sources);
            surface.Flush();
        }

        finish.Apply(picture, GroundOf(plan, layer, drawn, all));
        if (finish.Blending is { } blending)
            blending.Draw(canvas, picture, all.Left, all.Top, blend, layer.Opacity, pool);
        else
            picture.DrawOn(canvas, all.Left, all.Top, blend, layer.Opacity);
    }

    Ground GroundOf(FramePlan plan, PlannedLayer layer, in Area drawn, in Area all)
    {
        var (box, ink) = layer.Element is TextElement ? texts.InkOf(layer) : Reach.InkOf(layer);
        var matrix = Perspective.Of(layer.Placement, plan.Width, plan.Height).PostConcat(SKMatrix.CreateTranslation(-all.Left, -all.Top));
        return new(matrix, box, ink, drawn.MovedBy(-all.Left, -all.Top), 1, Seed.Of(layer.Layer.Key), pool);
    }
}
