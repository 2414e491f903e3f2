using Framelane.Application.Renders.Scenes;
using SkiaSharp;

namespace Framelane.Rendering.Text;

/// <summary>One text, laid out once and drawn in the pixels of its box as often as it is asked for.</summary>
sealed class TextDrawing : IDisposable
{
    readonly TextLayout layout;
    readonly TextAnimations animations;
    readonly GlyphInk ink;
    readonly Decorations decorations;
    readonly CancellationToken cancellationToken;
    MovingInk? moving;

    public TextDrawing(TextElement element, float boxWidth, float boxHeight, FontLibrary fonts, CancellationToken cancellationToken = default)
    {
        this.cancellationToken = cancellationToken;
        layout = TextLayout.Of(element, boxWidth, boxHeight, fonts);
        Look = new(element);
        animations = new(element, layout);
        ink = new(layout.Pieces, layout.Size, cancellationToken);
        decorations = new(element.TextDecoration, layout, ink);
        var reach = SKRect.Inflate(decorations.Bars.Aggregate(SKRect.Union(ink.Bounds, layout.Block), SKRect.Union), Look.Stroke, Look.Stroke);
        Bounds = SKRect.Union(reach, Plate);
    }

    public TextLook Look { get; }

    /// <summary>Every pixel that it covers at rest lies in it, its shadow's apart.</summary>
    public SKRect Bounds { get; }

    /// <summary>The smallest box round all that it covers at rest, its shadow's apart.</summary>
    public SKRect Covered
    {
        get
        {
            var reach = SKRect.Inflate(decorations.Bars.Prepend(ink.Covered).Where(box => !box.IsEmpty).DefaultIfEmpty(layout.Block).Aggregate(SKRect.Union), Look.Stroke, Look.Stroke);
            return Look.Plate is null ? reach : SKRect.Union(reach, Plate);
        }
    }

    SKRect Plate => SKRect.Inflate(layout.Block, Look.Padding.Width, Look.Padding.Height);

    /// <summary>Null where all of it is at rest.</summary>
    public TextPose? PoseAt(double time) => animations.At(time);

    /// <summary>At rest.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled; some characters are drawn.</exception>
    public void Draw(SKCanvas canvas)
    {
        DrawPlate(canvas, 1);
        if (Look.Stroke > 0)
            DrawStroke(canvas);
        DrawFill(canvas);
    }

    /// <exception cref="OperationCanceledException">It was cancelled; some characters are drawn.</exception>
    public void Draw(SKCanvas canvas, TextPose pose, FinishedInk finished)
    {
        DrawPlate(canvas, pose.Pieces.Max(piece => piece.Pose.Opacity));
        moving ??= new(layout, Look, decorations, animations.Accent, cancellationToken);
        moving.Draw(canvas, pose, finished);
    }

    public void Dispose()
    {
        ink.Dispose();
        moving?.Dispose();
    }

    void DrawPlate(SKCanvas canvas, double opacity)
    {
        if (Look.Plate is not { } color)
            return;
        using var paint = new SKPaint { Color = color.WithAlpha((byte)Math.Round(color.Alpha * Math.Clamp(opacity, 0, 1))), IsAntialias = true };
        var radius = Math.Min(Look.PlateRadius, Math.Min(Plate.Width, Plate.Height) / 2);
        canvas.DrawRoundRect(Plate, radius, radius, paint);
    }

    // Half of it lies behind the letters: it does not eat into them, nor shine through them.
    void DrawStroke(SKCanvas canvas)
    {
        using var group = canvas.Group(Look.StrokeColor.Alpha);
        using var paint = Look.StrokePaint();
        ink.DrawOutlines(canvas, paint);
        decorations.Draw(canvas, paint);
        if (Look.Color.Alpha == byte.MaxValue)
            return;
        using var hole = new SKPaint { IsAntialias = true, BlendMode = SKBlendMode.DstOut };
        ink.Draw(canvas, hole);
        decorations.Draw(canvas, hole);
    }

    void DrawFill(SKCanvas canvas)
    {
        using var group = canvas.Group(Look.Color.Alpha);
        using var paint = new SKPaint { Color = Look.Color.WithAlpha(byte.MaxValue), IsAntialias = true };
        if (!decorations.AreOver)
            decorations.Draw(canvas, paint);
        ink.Draw(canvas, paint);
        if (decorations.AreOver)
            decorations.Draw(canvas, paint);
    }
}
