using SkiaSharp;

namespace Framelane.Rendering.Frames;

/// <summary>A buffer's own memory as Skia's surface or image; the buffer must outlive them.</summary>
static class SkiaPixels
{
    public static SKSurface ToSurface(this PixelBuffer buffer) => SKSurface.Create(Info(buffer, SKAlphaType.Premul), buffer.Address, buffer.Stride);

    public static SKImage ToImage(this PixelBuffer buffer) => SKImage.FromPixels(Info(buffer, buffer.IsOpaque ? SKAlphaType.Opaque : SKAlphaType.Premul), buffer.Address, buffer.Stride);

    /// <summary>Draws all of a buffer where its pixels meet the canvas's. It may go to others after that.</summary>
    /// <param name="opacity">0 to 1.</param>
    public static void DrawOn(this PixelBuffer buffer, SKCanvas canvas, int left, int top, SKBlendMode blend, double opacity = 1)
    {
        using var paint = new SKPaint { BlendMode = blend, Color = SKColors.White.WithAlpha((byte)Math.Round(opacity * 255)) };
        using var image = buffer.ToImage();
        canvas.DrawImage(image, left, top, new SKSamplingOptions(SKFilterMode.Nearest), paint);
        canvas.Flush();
    }

    static SKImageInfo Info(PixelBuffer buffer, SKAlphaType alpha) => new(buffer.Width, buffer.Height, SKColorType.Bgra8888, alpha);
}
