using Framelane.Application.Renders.Scenes;
using Framelane.Rendering.Frames;
using Framelane.Rendering.Timelines;
using SkiaSharp;

namespace Framelane.Rendering.Text;

/// <summary>Draws text layers. Each is laid out once, and its pixels are drawn anew only where it has moved. For one thread.</summary>
sealed class TextPainter(FontLibrary fonts, KeptPixels kept, BufferPool pool, CancellationToken cancellationToken) : IDisposable
{
    readonly Dictionary<Layer, TextPicture> pictures = new(ReferenceEqualityComparer.Instance);

    /// <summary>What of the canvas it would be drawn on.</summary>
    public Area AreaOf(FramePlan plan, PlannedLayer layer) => Of(layer).AreaAt(layer, plan.Time, plan.Width, plan.Height);

    /// <summary>All that it covers at rest, without and with its shadow; in the pixels of its box.</summary>
    public (SKRect Box, SKRect Ink) InkOf(PlannedLayer layer) => Of(layer).InkOf(layer);

    public void Draw(SKCanvas canvas, FramePlan plan, PlannedLayer layer, SKBlendMode blend)
    {
        var picture = Of(layer);
        if (picture.At(layer, plan.Time, plan.Width, plan.Height) is not { } pixels)
            return;
        pixels.DrawOn(canvas, picture.Left, picture.Top, blend, layer.Opacity);
        kept.Keep(picture);
    }

    public void Dispose()
    {
        foreach (var picture in pictures.Values)
            picture.Dispose();
    }

    TextPicture Of(PlannedLayer layer)
    {
        // Finding out how far a text reaches takes setting it, so there too.
        cancellationToken.ThrowIfCancellationRequested();
        if (!pictures.TryGetValue(layer.Layer, out var picture))
        {
            var drawing = new TextDrawing((TextElement)layer.Element, (float)layer.Placement.Width, (float)layer.Placement.Height, fonts, cancellationToken);
            pictures[layer.Layer] = picture = new(drawing, pool);
        }

        return picture;
    }
}
