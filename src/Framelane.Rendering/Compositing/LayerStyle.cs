using Framelane.Application.Renders.Scenes;
using Framelane.Rendering.Timelines;
using SkiaSharp;

namespace Framelane.Rendering.Compositing;

/// <summary>A layer's corners, border, overlay and shadow.</summary>
sealed class LayerStyle(PlannedLayer layer)
{
    readonly VisualElement element = layer.Element;
    readonly SKRect box = new(0, 0, (float)layer.Placement.Width, (float)layer.Placement.Height);

    /// <summary>Whether the content is drawn as it is.</summary>
    public bool IsPlain => !NeedsGroup && Radius == 0;

    public bool NeedsGroup => HasBorder || element.ColorOverlay is not null || HasShadow;

    bool HasBorder => element is { BorderColor: not null, BorderWidth: > 0 };

    bool HasShadow => element.ShadowColor is not null;

    float Radius => (float)Math.Min(element.BorderRadius, Math.Min(box.Width, box.Height) / 2);

    /// <summary>To the box, where the content could reach beyond it or it is round.</summary>
    public void Clip(SKCanvas canvas)
    {
        if (Radius > 0)
        {
            using var corners = new SKRoundRect(box, Radius);
            canvas.ClipRoundRect(corners, SKClipOperation.Intersect, antialias: true);
        }
        else if (layer.Placement.ContentZoom > 1)
        {
            canvas.ClipRect(box, SKClipOperation.Intersect, antialias: true);
        }
    }

    public void DrawOver(SKCanvas canvas)
    {
        if (HasBorder)
            DrawBorder(canvas);
        if (element.ColorOverlay is { } overlay)
            canvas.DrawColor(HexColor.Parse(overlay), SKBlendMode.SrcATop);
    }

    public SKImageFilter? Shadow() => HasShadow
        ? SKImageFilter.CreateDropShadow(
            (float)element.ShadowX, (float)element.ShadowY, (float)element.ShadowBlur / 2, (float)element.ShadowBlur / 2, HexColor.Parse(element.ShadowColor!))
        : null;

    // Between two round rectangles: a stroke's outer corners would have another radius than the clip.
    void DrawBorder(SKCanvas canvas)
    {
        var width = (float)Math.Min(element.BorderWidth, Math.Min(box.Width, box.Height) / 2);
        using var paint = new SKPaint { Color = HexColor.Parse(element.BorderColor!), IsAntialias = true };
        using var outer = new SKRoundRect(box, Radius);
        using var inner = new SKRoundRect(SKRect.Inflate(box, -width, -width), Math.Max(0, Radius - width));
        canvas.DrawRoundRectDifference(outer, inner, paint);
    }
}
