using Framelane.Application.Renders.Scenes;
using Framelane.Rendering.Effects;
using Framelane.Rendering.Frames;
using Framelane.Rendering.Text;
using Framelane.Rendering.Timelines;
using SkiaSharp;

namespace Framelane.Rendering.Compositing;

/// <summary>Draws one layer where it lies, with its style.</summary>
sealed class LayerPainter : IDisposable
{
    readonly BufferPool pool;
    readonly TextPainter texts;
    readonly StillPainter stills;
    readonly FinishPainter finishes;
    readonly Action<FramePlan, ISourcePictures, PixelBuffer> drawNested;
    readonly CancellationToken cancellationToken;

    public LayerPainter(
        BufferPool pool, KeptPixels kept, TextPainter texts, Reach reach, Action<FramePlan, ISourcePictures, PixelBuffer> drawNested, CancellationToken cancellationToken)
    {
        (this.pool, this.texts, this.drawNested, this.cancellationToken) = (pool, texts, drawNested, cancellationToken);
        stills = new(kept, (canvas, plan, layer, sources) => DrawAnew(canvas, plan, layer with { Opacity = 1 }, sources, SKBlendMode.SrcOver));
        finishes = new(pool, texts, reach, (canvas, plan, layer, sources) => Draw(canvas, plan, layer, sources, SKBlendMode.SrcOver));
    }

    public void Draw(SKCanvas canvas, FramePlan plan, PlannedLayer layer, ISourcePictures sources, SKBlendMode blend)
    {
        if (layer.Finish is { } finish)
            finishes.Draw(canvas, plan, layer, finish, sources, blend);
        else if (layer.Element is TextElement)
            texts.Draw(canvas, plan, layer, blend);
        else if (StillPainter.Takes(layer))
            stills.Draw(canvas, plan, layer, sources, blend);
        else
            DrawAnew(canvas, plan, layer, sources, blend);
    }

    public void Dispose() => stills.Dispose();

    void DrawAnew(SKCanvas canvas, FramePlan plan, PlannedLayer layer, ISourcePictures sources, SKBlendMode blend)
    {
        canvas.Save();
        canvas.Concat(Perspective.Of(layer.Placement, plan.Width, plan.Height));
        var style = new LayerStyle(layer);
        using var paint = new SKPaint
        {
            BlendMode = blend,
            Color = SKColors.White.WithAlpha((byte)Math.Round(layer.Opacity * 255)),
            ImageFilter = style.Shadow(),
            IsAntialias = true,
        };
        if (style.NeedsGroup)
        {
            canvas.SaveLayer(paint);
            using var plain = new SKPaint { IsAntialias = true };
            canvas.Save();
            style.Clip(canvas);
            DrawContent(canvas, layer, sources, plain);
            canvas.Restore();
            style.DrawOver(canvas);
            canvas.Restore();
        }
        else
        {
            style.Clip(canvas);
            DrawContent(canvas, layer, sources, paint);
        }

        canvas.Restore();
    }

    void DrawContent(SKCanvas canvas, PlannedLayer layer, ISourcePictures sources, SKPaint paint)
    {
        if (layer.Nested is { } nested)
        {
            using var lease = pool.Rent(nested.Width, nested.Height);
            drawNested(nested, sources, lease.Buffer);
            DrawPicture(canvas, layer, lease.Buffer, new(0, 0, nested.Width, nested.Height), sources, paint);
        }
        else if (sources.Of(layer) is { } picture)
        {
            DrawPicture(canvas, layer, picture, Crop(layer.Element, picture.Width, picture.Height), sources, paint);
        }
    }

    void DrawPicture(SKCanvas canvas, PlannedLayer layer, PixelBuffer picture, SKRect crop, ISourcePictures sources, SKPaint paint)
    {
        if (crop is { Width: <= 0 } or { Height: <= 0 })
            return;
        var (width, height) = ((float)layer.Placement.Width, (float)layer.Placement.Height);
        // A composition's canvas has the shape of its box but for what it is rounded by.
        var fitting = Fitting.Of(crop, width, height, layer.Nested is null ? layer.Element.Fit : Fit.Fill);
        var zoomed = fitting.Zoom(layer.Placement.ContentZoom, width, height);
        var changes = PictureChanges.Of(layer, sources);
        if (changes.Count == 0)
        {
            DrawFitted(canvas, layer, picture, zoomed, paint);
            return;
        }

        // Only what is shown at rest is changed, so that frames and corners are those of the box. A motion's zoom enlarges them with the rest.
        var part = Reach.Pixels(fitting.Source, new(0, 0, picture.Width, picture.Height));
        using var lease = pool.Rent(Math.Max(1, part.Width), Math.Max(1, part.Height));
        PictureChanges.Copy(picture, part.Left, part.Top, lease.Buffer);
        foreach (var change in changes)
        {
            cancellationToken.ThrowIfCancellationRequested();
            change(lease.Buffer, pool);
        }

        DrawFitted(canvas, layer, lease.Buffer, zoomed.MovedBy(-part.Left, -part.Top), paint);
    }

    void DrawFitted(SKCanvas canvas, PlannedLayer layer, PixelBuffer picture, in Fitting fitting, SKPaint paint)
    {
        var sampling = Sampling.For(fitting, canvas.TotalMatrix);
        if (sampling.Filter != SKFilterMode.Nearest && !new LayerStyle(layer).NeedsGroup && PlacedPicture.Takes(fitting, canvas.TotalMatrix))
        {
            PlacedPicture.Draw(canvas, picture, fitting, paint, pool);
            return;
        }

        using var image = picture.ToImage();
        canvas.DrawImage(image, fitting.Source, fitting.Target, sampling, paint);
        // Before the buffer goes to others.
        canvas.Flush();
    }

    /// <summary>The part of a picture of that size that is shown; without width or height where its sides are nearer to each other than floats tell apart.</summary>
    public static SKRect Crop(VisualElement element, int width, int height) => element is PictureElement cropped
        ? new((float)(cropped.CropLeft * width), (float)(cropped.CropTop * height), (float)((1 - cropped.CropRight) * width), (float)((1 - cropped.CropBottom) * height))
        : new(0, 0, width, height);
}
