using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Framelane.Rendering.Effects;
using Framelane.Rendering.Frames;
using SkiaSharp;

namespace Framelane.Rendering.Motions.Finishes;

/// <summary>A blend and what lies over it in one go, straight on a canvas's own pixels.</summary>
abstract class BlendKernel
{
    /// <returns>Null where there is none.</returns>
    public static BlendKernel? Of(SKBlendMode mode) => mode switch
    {
        SKBlendMode.Overlay => new Kernel<Overlay>(),
        SKBlendMode.Difference => new Kernel<Difference>(),
        _ => null,
    };

    /// <param name="settled">The share that is not blended.</param>
    /// <returns>False where the canvas's pixels cannot be reached.</returns>
    public abstract bool TryDraw(SKCanvas canvas, PixelBuffer picture, int left, int top, float settled, float opacity);

    /// <summary>What both cover becomes: one channel of W3C's formula, times both alphas.</summary>
    interface IMode
    {
        static abstract Vector256<float> Both(Vector256<float> front, Vector256<float> frontAlpha, Vector256<float> back, Vector256<float> backAlpha);
    }

    sealed unsafe class Kernel<T> : BlendKernel
        where T : struct, IMode
    {
        public override bool TryDraw(SKCanvas canvas, PixelBuffer picture, int left, int top, float settled, float opacity)
        {
            // Within a group or moved, a canvas's pixels are not the ones that are drawn on.
            if (canvas.SaveCount != 1 || !canvas.TotalMatrix.IsIdentity || canvas.Surface is not { } surface)
                return false;
            using var pixels = surface.PeekPixels();
            if (pixels is null || pixels.ColorType != SKColorType.Bgra8888 || left < 0 || top < 0 || left + picture.Width > pixels.Width || top + picture.Height > pixels.Height)
                return false;
            var (first, stride) = (pixels.GetPixels(), pixels.RowBytes);
            Rows.ForEach(picture.Height, y => DrawRow(picture.PixelsOf(y), new((void*)(first + (nint)(top + y) * stride + left * PixelBuffer.BytesPerPixel), picture.Width), settled, opacity));
            return true;
        }

        // Not by way of slow code first: it is drawn for a moment only.
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        static void DrawRow(Span<uint> front, Span<uint> back, float settled, float opacity)
        {
            var x = 0;
            for (; x + Block.Width <= front.Length; x += Block.Width)
                Blend(Vector256.Create<uint>(front[x..]), Vector256.Create<uint>(back[x..]), settled, opacity).CopyTo(back[x..]);
            if (x < front.Length)
                DrawRest(front[x..], back[x..], settled, opacity);
        }

        static void DrawRest(Span<uint> front, Span<uint> back, float settled, float opacity)
        {
            Span<uint> both = stackalloc uint[2 * Block.Width];
            front.CopyTo(both);
            back.CopyTo(both[Block.Width..]);
            Blend(Vector256.Create<uint>(both), Vector256.Create<uint>(both[Block.Width..]), settled, opacity).CopyTo(both);
            both[..back.Length].CopyTo(back);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector256<uint> Blend(Vector256<uint> front, Vector256<uint> back, float settled, float opacity)
        {
            var (s, b) = (Block.Unpack(front) * opacity, Block.Unpack(back));
            return new Block(Channel(s.Blue, s.Alpha, b.Blue, b.Alpha, settled), Channel(s.Green, s.Alpha, b.Green, b.Alpha, settled), Channel(s.Red, s.Alpha, b.Red, b.Alpha, settled), s.Alpha + b.Alpha - s.Alpha * b.Alpha).Pack();
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector256<float> Channel(Vector256<float> front, Vector256<float> frontAlpha, Vector256<float> back, Vector256<float> backAlpha, float settled)
        {
            // Where there is nothing behind it, it is as it is.
            var blended = front - front * backAlpha + T.Both(front, frontAlpha, back, backAlpha);
            return back - back * frontAlpha + blended + (front - blended) * settled;
        }
    }

    readonly struct Overlay : IMode
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Both(Vector256<float> front, Vector256<float> frontAlpha, Vector256<float> back, Vector256<float> backAlpha) =>
            Vector256.ConditionalSelect(
                Vector256.LessThanOrEqual(back + back, backAlpha), (front + front) * back, frontAlpha * backAlpha - (backAlpha + backAlpha - back - back) * (frontAlpha - front));
    }

    readonly struct Difference : IMode
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Both(Vector256<float> front, Vector256<float> frontAlpha, Vector256<float> back, Vector256<float> backAlpha) =>
            Vector256.Abs(front * backAlpha - back * frontAlpha);
    }
}
