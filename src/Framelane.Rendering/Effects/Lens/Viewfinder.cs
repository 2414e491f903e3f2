using Framelane.Rendering.Effects.Signal;
using Framelane.Rendering.Frames;
using SkiaSharp;

namespace Framelane.Rendering.Effects.Lens;

/// <summary>What a camera's finder shows over its picture: the frame's corners, a cross in the middle, REC with its blinking dot, the running time, the battery.</summary>
/// <remarks>The time's last two digits are thirtieths of a second.</remarks>
sealed class Viewfinder : IEffect
{
    static readonly SKColor Recording = new(235, 40, 40);

    public string Name => "viewfinder";

    public void Apply(PixelBuffer picture, in EffectCall call)
    {
        float width = picture.Width, height = picture.Height, unit = Math.Min(width, height) / 100;
        var (left, top, right, bottom) = (7 * unit, 7 * unit, width - 7 * unit, height - 7 * unit);
        var opacity = (byte)(255 * call.Intensity);
        using var surface = picture.ToSurface();
        var canvas = surface.Canvas;
        using var line = new SKPaint
        {
            Color = SKColors.White.WithAlpha((byte)(0.9f * opacity)), BlendMode = SKBlendMode.SrcATop, IsAntialias = true, Style = SKPaintStyle.Stroke, StrokeWidth = 0.45f * unit,
        };
        var text = line.Color;
        foreach (var (x, y, across, down) in new[] { (left, top, 1, 1), (right, top, -1, 1), (left, bottom, 1, -1), (right, bottom, -1, -1) })
        {
            canvas.DrawLine(x, y, x + across * 9 * unit, y, line);
            canvas.DrawLine(x, y, x, y + down * 9 * unit, line);
        }

        var (middleX, middleY) = (width / 2, height / 2);
        canvas.DrawLine(middleX - 4 * unit, middleY, middleX + 4 * unit, middleY, line);
        canvas.DrawLine(middleX, middleY - 4 * unit, middleX, middleY + 4 * unit, line);

        using var fill = new SKPaint { BlendMode = SKBlendMode.SrcATop, IsAntialias = true };
        var letter = 0.55f * unit;
        if (call.Time % 1 < 0.5)
        {
            fill.Color = Recording.WithAlpha(opacity);
            canvas.DrawCircle(left + 5 * unit, top + 5.9f * unit, 1.6f * unit, fill);
        }

        fill.Color = text;
        DotLetters.Draw(canvas, "REC", left + 8 * unit, top + 4 * unit, letter, fill);
        var frames = (long)(call.Time * 30 + 1e-6);
        var clock = FormattableString.Invariant($"{frames / 108000 % 100:00}:{frames / 1800 % 60:00}:{frames / 30 % 60:00}:{frames % 30:00}");
        DotLetters.Draw(canvas, clock, middleX - DotLetters.Width(clock) * letter / 2, bottom - 7 * unit, letter, fill);

        canvas.DrawRect(right - 12 * unit, top + 4 * unit, 7 * unit, 3.8f * unit, line);
        for (var bar = 0; bar < 3; bar++)
            canvas.DrawRect(right - (11.3f - 2 * bar) * unit, top + 4.7f * unit, 1.5f * unit, 2.4f * unit, fill);
        surface.Flush();
    }
}
