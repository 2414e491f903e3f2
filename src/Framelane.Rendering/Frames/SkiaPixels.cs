using SkiaSharp;

namespace Framelane.Rendering.Frames;

/// <summary>A buffer's own memory as Skia's surface or image; the buffer must outlive them.</summary>
static class SkiaPixels
{
    public static SKSurface ToSurface(this PixelBuffer buffer) => SKSurface.Create(Info(buffer, SKAlphaType.Premul), buffer.Address, buffer.Stride);

    public static SKImage ToImage(this PixelBuffer buffer) => SKImage.FromPixels(Info(buffer, buffer.IsOpaque ? SKAlphaType.Opaque : SKAlphaType.Premul), buffer.Address, buffer.Stride);

    static SKImageInfo Info(PixelBuffer buffer, SKAlphaType alpha) => new(buffer.Width, buffer.Height, SKColorType.Bgra8888, alpha);
}
