using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Framelane.Rendering.Effects;
using Framelane.Rendering.Frames;
using SkiaSharp;

namespace Framelane.Rendering.Motions.Finishes;

/// <summary>How a drawn element lies in its buffer.</summary>
/// <param name="Matrix">From the element's own pixels to the buffer's.</param>
/// <param name="Box">The element's content, in its own pixels.</param>
/// <param name="Ink">The same with its shadow.</param>
/// <param name="Drawn">Where all of it lies in the buffer, whose sides may cut it; the same at every instant, as the others are.</param>
/// <param name="Scale">The buffer's pixels to each of the motion's stage.</param>
/// <param name="Seed">Of the element; chance is drawn from it.</param>
readonly record struct Ground(SKMatrix Matrix, SKRect Box, SKRect Ink, Area Drawn, double Scale, uint Seed, BufferPool Pool)
{
    /// <summary>Where any of it lies at the instant: what moves within a text may lie beyond <see cref="Drawn"/>.</summary>
    public Area Reached { get; init; } = Drawn;

    /// <summary>A number that grows evenly across the element, at each pixel of the buffer.</summary>
    /// <param name="right">What it grows by with each pixel to the element's right, as <paramref name="down"/> is downwards.</param>
    /// <param name="origin">At the element's top left.</param>
    public Plane Plane(float right, float down, float origin) => Matrix.TryInvert(out var back)
        ? new(
            new(right * back.ScaleX + down * back.SkewY + origin * back.Persp0, right * back.SkewX + down * back.ScaleY + origin * back.Persp1, right * back.TransX + down * back.TransY + origin * back.Persp2),
            new(back.Persp0, back.Persp1, back.Persp2))
        // Seen from its edge nothing of it is drawn.
        : new(new(0, 0, origin), new(0, 0, 1));
}

/// <summary>A quotient of two sums of a column and a row, each times a factor, and a third number: what is even in a plane is so, seen in perspective.</summary>
readonly record struct Plane((float Column, float Row, float One) Above, (float Column, float Row, float One) Below)
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> At(Place place)
    {
        var (x, y) = (place.X.Plus(0.5f), place.Row + 0.5f);
        return (x * Above.Column).Plus(y * Above.Row + Above.One) / (x * Below.Column).Plus(y * Below.Row + Below.One);
    }
}
