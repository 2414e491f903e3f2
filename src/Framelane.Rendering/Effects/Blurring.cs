using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Framelane.Rendering.Frames;
using SkiaSharp;

namespace Framelane.Rendering.Effects;

/// <summary>Gaussian blur and what is made of it; beyond its edges a picture goes on as its outermost pixels.</summary>
static class Blurring
{
    // Of the shorter side, at 100.
    const double Widest = 0.05;

    const float SharpnessDeviation = 1;

    // How much of the difference from the blurred one is added, at 100.
    const float Sharpest = 2;

    public static void Blur(PixelBuffer picture, double amount, BufferPool pool)
    {
        using var copy = pool.RentCopy(picture);
        Draw(copy.Buffer, picture, (float)(amount / 100 * Widest * Math.Min(picture.Width, picture.Height)));
    }

    public static void Sharpen(PixelBuffer picture, double amount, BufferPool pool)
    {
        using var blurred = pool.Rent(picture.Width, picture.Height);
        Draw(picture, blurred.Buffer, SharpnessDeviation);
        var soft = blurred.Buffer;
        var strength = (float)(amount / 100 * Sharpest);
        Rows.ForEach(picture.Height, y =>
        {
            var row = MemoryMarshal.Cast<byte, uint>(picture.Row(y));
            var softRow = MemoryMarshal.Cast<byte, uint>(soft.Row(y));
            for (var x = 0; x < row.Length; x++)
            {
                var pixel = PixelKernel.Unpack(row[x]);
                var sharp = pixel + (pixel - PixelKernel.Unpack(softRow[x])) * strength;
                row[x] = PixelKernel.Pack(sharp.WithElement(3, pixel[3]));
            }
        });
    }

    static void Draw(PixelBuffer source, PixelBuffer target, float deviation)
    {
        using var surface = target.ToSurface();
        using var image = source.ToImage();
        using var whole = SKImageFilter.CreateImage(image, new SKSamplingOptions(SKFilterMode.Nearest));
        using var blur = SKImageFilter.CreateBlur(deviation, deviation, SKShaderTileMode.Clamp, whole, new SKRect(0, 0, source.Width, source.Height));
        using var paint = new SKPaint { ImageFilter = blur, BlendMode = SKBlendMode.Src };
        surface.Canvas.DrawPaint(paint);
        surface.Flush();
    }
}
