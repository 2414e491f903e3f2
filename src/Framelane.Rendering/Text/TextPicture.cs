using Framelane.Application.Renders.Scenes;
using Framelane.Rendering.Compositing;
using Framelane.Rendering.Effects;
using Framelane.Rendering.Frames;
using Framelane.Rendering.Timelines;
using SkiaSharp;

namespace Framelane.Rendering.Text;

/// <summary>The pixels of a text on its canvas, kept while they stay the same.</summary>
sealed class TextPicture(TextDrawing drawing, BufferPool pool) : IKeptPixels, IDisposable
{
    PixelBuffer? pixels;
    SKMatrix drawnAt;
    TextPose? drawnIn;

    /// <summary>Pixels from the canvas's left.</summary>
    public int Left { get; private set; }

    /// <summary>Pixels from the canvas's top.</summary>
    public int Top { get; private set; }

    public long Bytes => pixels is null ? 0 : (long)pixels.Stride * pixels.Height;

    /// <summary>All that it covers at rest, without and with its shadow; in the pixels of its box. The same whatever moves within it: what a motion does to the whole
    /// would jump where that begins or ends.</summary>
    public (SKRect Box, SKRect Ink) InkOf(PlannedLayer layer)
    {
        var box = layer.Element.BorderColor is null ? drawing.Covered : SKRect.Union(drawing.Covered, BoxOf(layer));
        return (box, SKRect.Inflate(box, drawing.Look.ShadowReach, drawing.Look.ShadowReach));
    }

    /// <summary>Where it lies at that instant.</summary>
    public Area AreaAt(PlannedLayer layer, double time, int canvasWidth, int canvasHeight) =>
        Within(layer, Matrix(layer.Placement, canvasWidth, canvasHeight), drawing.PoseAt(time) is not null, canvasWidth, canvasHeight);

    /// <param name="time">Seconds on the element's timeline.</param>
    /// <returns>What lies on the canvas of it; null where nothing does.</returns>
    public PixelBuffer? At(PlannedLayer layer, double time, int canvasWidth, int canvasHeight)
    {
        var pose = drawing.PoseAt(time);
        var matrix = Matrix(layer.Placement, canvasWidth, canvasHeight);
        if (pixels is not null && matrix == drawnAt && pose is null && drawnIn is null)
            return pixels;
        var area = Within(layer, matrix, pose is not null, canvasWidth, canvasHeight);
        if (area.IsEmpty)
            return null;
        if (pixels?.Width != area.Width || pixels.Height != area.Height)
        {
            Forget();
            pixels = new(area.Width, area.Height);
        }

        (drawnAt, drawnIn, Left, Top) = (matrix, pose, area.Left, area.Top);
        Draw(pixels, layer);
        return pixels;
    }

    public void Forget()
    {
        pixels?.Dispose();
        pixels = null;
    }

    public void Dispose()
    {
        Forget();
        drawing.Dispose();
    }

    void Draw(PixelBuffer target, PlannedLayer layer)
    {
        target.Bytes.Clear();
        using var surface = target.ToSurface();
        var canvas = surface.Canvas;
        canvas.Translate(-Left, -Top);
        canvas.Concat(drawnAt);
        using var shadow = drawing.Look.Shadow();
        using var whole = new SKPaint { ImageFilter = shadow };
        canvas.SaveLayer(whole);
        if (drawnIn is null)
            drawing.Draw(canvas);
        else
            drawing.Draw(canvas, drawnIn, new(pool, target.Width, target.Height, Seed.Of(layer.Layer.Key)));
        new LayerStyle(layer).DrawOver(canvas);
        canvas.Restore();
        surface.Flush();
    }

    // The content's zoom is about the box's middle, and the box cuts no text.
    static SKMatrix Matrix(in Placement placement, int canvasWidth, int canvasHeight)
    {
        var zoom = (float)placement.ContentZoom;
        return Perspective.Of(placement, canvasWidth, canvasHeight)
            .PreConcat(SKMatrix.CreateScale(zoom, zoom, (float)placement.Width / 2, (float)placement.Height / 2));
    }

    Area Within(PlannedLayer layer, in SKMatrix matrix, bool isMoving, int canvasWidth, int canvasHeight) =>
        Reach.Pixels(matrix.MapRect(ReachOf(layer, isMoving)), new(0, 0, canvasWidth, canvasHeight));

    SKRect ReachOf(PlannedLayer layer, bool isMoving)
    {
        var reach = layer.Element.BorderColor is null ? drawing.Bounds : SKRect.Union(drawing.Bounds, BoxOf(layer));
        var beyond = drawing.Look.ShadowReach + 1 + (isMoving ? TextAnimations.FarthestEm * (float)((TextElement)layer.Element).FontSize : 0);
        return SKRect.Inflate(reach, beyond, beyond);
    }

    static SKRect BoxOf(PlannedLayer layer) => new(0, 0, (float)layer.Placement.Width, (float)layer.Placement.Height);
}
