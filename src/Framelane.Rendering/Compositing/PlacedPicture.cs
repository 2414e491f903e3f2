using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Framelane.Rendering.Effects;
using Framelane.Rendering.Frames;
using SkiaSharp;

namespace Framelane.Rendering.Compositing;

/// <summary>Draws a picture that is scaled, turned or seen in perspective: several times as fast as Skia on a processor, and with edges as smooth.</summary>
static class PlacedPicture
{
    // Of its smaller copies the smallest one's shorter side, pixels.
    const int Smallest = 8;

    /// <summary>What is only moved Skia draws faster.</summary>
    public static bool Takes(in Fitting fitting, in SKMatrix matrix) =>
        fitting.Source.Size != fitting.Target.Size || matrix is not { ScaleX: 1, ScaleY: 1, SkewX: 0, SkewY: 0, Persp0: 0, Persp1: 0 };

    /// <param name="paint">With neither filter nor shader.</param>
    public static void Draw(SKCanvas canvas, PixelBuffer picture, in Fitting fitting, SKPaint paint, BufferPool pool)
    {
        var placing = canvas.TotalMatrix.PreConcat(Fit(fitting));
        var reached = placing.MapRect(fitting.Source);
        if (!placing.TryInvert(out var back) || !float.IsFinite(reached.Width + reached.Height))
            return;
        var area = SKRectI.Intersect(canvas.DeviceClipBounds, SKRectI.Ceiling(SKRect.Intersect(SKRect.Inflate(reached, 1, 1), canvas.DeviceClipBounds), outwards: true));
        if (area.Width <= 0 || area.Height <= 0)
            return;
        using var lease = pool.Rent(area.Width, area.Height);
        var seen = new Seen(back, fitting.Source, area.Left, area.Top);
        var level = MathF.Max(0, MathF.Log2(1 / MathF.Max(1e-6f, Scale(placing, fitting.Source))));
        Fill(lease.Buffer, picture, seen, level, 1, pool);

        canvas.Save();
        canvas.ResetMatrix();
        using (var image = lease.Buffer.ToImage())
            canvas.DrawImage(image, area.Left, area.Top, new SKSamplingOptions(SKFilterMode.Nearest), paint);
        // Before the buffer goes to others.
        canvas.Flush();
        canvas.Restore();
    }

    static SKMatrix Fit(in Fitting fitting)
    {
        var (x, y) = (fitting.Target.Width / fitting.Source.Width, fitting.Target.Height / fitting.Source.Height);
        return new(x, 0, fitting.Target.Left - fitting.Source.Left * x, 0, y, fitting.Target.Top - fitting.Source.Top * y, 0, 0, 1);
    }

    /// <summary>How many pixels of the canvas one of the picture is, in its middle; the mean of both ways.</summary>
    static float Scale(in SKMatrix placing, SKRect source)
    {
        var (middle, right, down) = (
            placing.MapPoint(source.MidX, source.MidY), placing.MapPoint(source.MidX + 1, source.MidY), placing.MapPoint(source.MidX, source.MidY + 1));
        var (across, along) = (right - middle, down - middle);
        return MathF.Sqrt(MathF.Abs(across.X * along.Y - across.Y * along.X));
    }

    /// <param name="level">How many times the picture is to be halved, so that none of its pixels falls between those that are read.</param>
    /// <param name="shrunk">By what it was halved before.</param>
    static void Fill(PixelBuffer target, PixelBuffer picture, in Seen seen, float level, float shrunk, BufferPool pool)
    {
        // Bilinear reading takes in two pixels: it needs no copy down to about 0.7.
        if (level < 0.5f || Math.Min(picture.Width, picture.Height) / 2 < Smallest)
        {
            PixelKernel.Fill(target, new Whole(seen, new(picture), 1 / shrunk));
            return;
        }

        using var half = Shrunk.Of(picture, 2, pool);
        if (level >= 1)
            Fill(target, half.Buffer, seen, level - 1, shrunk * 2, pool);
        else
            PixelKernel.Fill(target, new Between(seen, new(picture), new(half.Buffer), 1 / shrunk, Packed.Weights(Vector256.Create(level * 2 - 1))));
    }

    /// <summary>Where in a picture the canvas's pixels lie, and how much of each it covers.</summary>
    readonly struct Seen(SKMatrix back, SKRect source, int left, int top)
    {
        readonly float scaleX = back.ScaleX, skewX = back.SkewX, transX = back.TransX, skewY = back.SkewY, scaleY = back.ScaleY, transY = back.TransY;
        readonly float persp0 = back.Persp0, persp1 = back.Persp1, persp2 = back.Persp2;
        readonly float sourceLeft = source.Left, sourceTop = source.Top, sourceRight = source.Right, sourceBottom = source.Bottom;

        /// <returns>In the picture's pixels from its corner, not beyond what of it is shown; and 0 to 1.</returns>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public (Vector256<float> X, Vector256<float> Y, Vector256<float> Cover) At(Place place)
        {
            var (x, y) = (place.X.Plus(left + 0.5f), place.Row + top + 0.5f);
            var depth = Vector256<float>.One / (x * persp0).Plus(y * persp1 + persp2);
            var u = (x * scaleX).Plus(y * skewX + transX) * depth;
            var v = (x * skewY).Plus(y * scaleY + transY) * depth;
            // How fast both change from pixel to pixel of the canvas turns a distance from an edge into one on the canvas.
            var (rightU, downU) = ((u * -persp0).Plus(scaleX), (u * -persp1).Plus(skewX));
            var (rightV, downV) = ((v * -persp0).Plus(skewY), (v * -persp1).Plus(scaleY));
            var paceU = Vector256<float>.One / (Vector256.Sqrt(rightU * rightU + downU * downU) * depth);
            var paceV = Vector256<float>.One / (Vector256.Sqrt(rightV * rightV + downV * downV) * depth);
            var across = Wide.Unit((u.Plus(-sourceLeft) * paceU).Plus(0.5f)) + Wide.Unit((u.From(sourceRight) * paceU).Plus(0.5f));
            var down = Wide.Unit((v.Plus(-sourceTop) * paceV).Plus(0.5f)) + Wide.Unit((v.From(sourceBottom) * paceV).Plus(0.5f));
            var cover = Wide.Unit(across.Plus(-1)) * Wide.Unit(down.Plus(-1)) & Vector256.GreaterThan(depth, Vector256<float>.Zero);
            return (
                Vector256.MinNative(Vector256.MaxNative(u, Vector256.Create(sourceLeft + 0.5f)), Vector256.Create(sourceRight - 0.5f)),
                Vector256.MinNative(Vector256.MaxNative(v, Vector256.Create(sourceTop + 0.5f)), Vector256.Create(sourceBottom - 0.5f)), cover);
        }
    }

    readonly struct Whole(Seen seen, Sampler picture, float scale) : IBlockFill
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<uint> At(Place place)
        {
            var (x, y, cover) = seen.At(place);
            if (cover == Vector256<float>.Zero)
                return Vector256<uint>.Zero;
            var pixels = picture.PixelsAt((x * scale).Plus(-0.5f), (y * scale).Plus(-0.5f));
            return cover == Vector256<float>.One ? pixels : Packed.Dim(pixels, Packed.Weights(cover));
        }
    }

    /// <summary>Between a picture and the one of half its size.</summary>
    readonly struct Between(Seen seen, Sampler picture, Sampler half, float scale, Vector256<ushort> share) : IBlockFill
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<uint> At(Place place)
        {
            var (x, y, cover) = seen.At(place);
            if (cover == Vector256<float>.Zero)
                return Vector256<uint>.Zero;
            var pixels = Packed.Mix(
                picture.PixelsAt((x * scale).Plus(-0.5f), (y * scale).Plus(-0.5f)), half.PixelsAt((x * (scale / 2)).Plus(-0.5f), (y * (scale / 2)).Plus(-0.5f)), share);
            return Packed.Dim(pixels, Packed.Weights(cover));
        }
    }
}
