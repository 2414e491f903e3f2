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
        var whole = new Area(0, 0, plan.Width, plan.Height);
        var all = (reach.OfDrawn(plan, layer) is { } drawn ? finish.Around(drawn, 1) : whole).Within(plan.Width, plan.Height);
        if (all.IsEmpty)
            return;
        // What is softened at a quarter of its size takes four pixels together: the same ones in each frame, though what is reached changes.
        all = all with { Left = all.Left & ~3, Top = all.Top & ~3 };
        using var lease = pool.Rent(all.Width, all.Height);
        var picture = lease.Buffer;
        picture.Bytes.Clear();
        using (var surface = picture.ToSurface())
        {
            surface.Canvas.Translate(-all.Left, -all.Top);
            draw(surface.Canvas, plan, layer with { Finish = null, Opacity = 1 }, sources);
            surface.Flush();
        }

        finish.Apply(picture, GroundOf(plan, layer, all));
        if (finish.Blending is { } blending)
            blending.Draw(canvas, picture, all.Left, all.Top, blend, layer.Opacity, pool);
        else
            picture.DrawOn(canvas, all.Left, all.Top, blend, layer.Opacity);
    }

    Ground GroundOf(FramePlan plan, PlannedLayer layer, in Area all)
    {
        var isText = layer.Element is TextElement;
        var (box, ink) = isText ? texts.InkOf(layer) : Reach.InkOf(layer);
        var matrix = Perspective.Of(layer.Placement, plan.Width, plan.Height);
        var drawn = Reach.Mapped(matrix, ink, plan.Width, plan.Height).MovedBy(-all.Left, -all.Top);
        return new(matrix.PostConcat(SKMatrix.CreateTranslation(-all.Left, -all.Top)), box, ink, drawn, 1, Seed.Of(layer.Layer.Key), pool)
        {
            Reached = isText ? texts.AreaOf(plan, layer).MovedBy(-all.Left, -all.Top) : drawn,
        };
    }
}
