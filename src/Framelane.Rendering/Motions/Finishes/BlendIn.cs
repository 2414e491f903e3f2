using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Framelane.Rendering.Effects;
using Framelane.Rendering.Frames;
using SkiaSharp;

namespace Framelane.Rendering.Motions.Finishes;

/// <summary>Blended with what lies behind it, by W3C's formula of a mode, and less and less so.</summary>
/// <param name="Settled">The share of the element as it is at rest; what is left is the blend's.</param>
sealed record BlendIn(SKBlendMode Mode, double Settled) : Finish
{
    internal override BlendIn? Blending => this;

    internal override Finish? Unblended => null;

    internal override void Apply(PixelBuffer picture, in Ground ground)
    {
    }

    public void Draw(SKCanvas canvas, PixelBuffer picture, int left, int top, SKBlendMode atRest, double opacity, BufferPool pool)
    {
        if (atRest != SKBlendMode.SrcOver || BlendKernel.Of(Mode) is not { } kernel || !kernel.TryDraw(canvas, picture, left, top, (float)Settled, (float)opacity))
            DrawTwice(canvas, picture, left, top, atRest, opacity, pool);
    }

    /// <summary>Of what is opaque by α, α (1 − settled) is blended and α settled is laid over it: the two together cover α, whichever the share.</summary>
    void DrawTwice(SKCanvas canvas, PixelBuffer picture, int left, int top, SKBlendMode atRest, double opacity, BufferPool pool)
    {
        if (Settled < 1)
        {
            using var copy = pool.RentCopy(picture);
            PixelKernel.RunBlocks(copy.Buffer, new Unsettled((float)Settled, (float)opacity));
            copy.Buffer.DrawOn(canvas, left, top, Mode, opacity);
        }

        if (Settled > 0)
            picture.DrawOn(canvas, left, top, atRest, opacity * Settled);
    }

    // The second is laid over the first and takes from it.
    readonly struct Unsettled(float settled, float opacity) : IBlockChange
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Block Apply(Block pixels, Place place) => pixels * (Vector256.Create(1 - settled) / (pixels.Alpha * (settled * opacity)).From(1));
    }
}
