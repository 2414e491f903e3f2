using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Framelane.Rendering.Effects;

/// <summary>Sums on eight pixels as they lie in memory, two channels at once in 16 bits each: for what only moves and mixes bytes.</summary>
static class Packed
{
    /// <summary>The whole of a weight.</summary>
    public const int One = 256;

    const float OneOfLight = 128;

    /// <summary>In 1/256, twice in 32 bits.</summary>
    /// <param name="shares">0 to 1.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> Weights(Vector256<float> shares) => Twice((shares * One).Plus(0.5f).Whole());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> Twice(Vector256<int> weights) => (weights | weights << 16).AsUInt16();

    /// <param name="weights">Of the second, as <see cref="Weights"/> gives them.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> Mix(Vector256<uint> from, Vector256<uint> to, Vector256<ushort> weights)
    {
        // As the four below, but without calls: what is inlined into one method may have 512 variables together, and beyond that calls stay calls.
        var (mask, half) = (Vector256.Create((ushort)0xff), Vector256.Create((ushort)(One / 2)));
        var (a, b) = (from.AsUInt16(), to.AsUInt16());
        var even = (a << 8) + ((b & mask) - (a & mask)) * weights + half;
        var odd = (a & ~mask) + ((b >>> 8) - (a >>> 8)) * weights + half;
        return (even >>> 8 | odd & ~mask).AsUInt32();
    }

    /// <summary>Two channels, each in the lower half of its 16 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> Mix(Vector256<ushort> from, Vector256<ushort> to, Vector256<ushort> weights) =>
        // What runs over on the way is gone in the end.
        ((from << 8) + (to - from) * weights + Vector256.Create((ushort)(One / 2))) >>> 8;

    /// <summary>Blue and red.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> Even(Vector256<uint> pixels) => (pixels & Vector256.Create(0x00ff00ffu)).AsUInt16();

    /// <summary>Green and alpha.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> Odd(Vector256<uint> pixels) => pixels.AsUInt16() >>> 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> Join(Vector256<ushort> even, Vector256<ushort> odd) => (even | odd << 8).AsUInt32();

    /// <summary>All channels alike.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> Dim(Vector256<uint> pixels, Vector256<ushort> weights) => Mix(Vector256<uint>.Zero, pixels, weights);

    /// <summary>The most of each channel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> Max(Vector256<uint> left, Vector256<uint> right) => Vector256.Max(left.AsByte(), right.AsByte()).AsUInt32();

    /// <summary>Brings each channel that much of 255 nearer to the most that it may be.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> Screen(Vector256<uint> pixels, Vector256<uint> light, Vector256<uint> most) =>
        pixels + Join(Times(Even(light), Even(most) - Even(pixels)), Times(Odd(light), Odd(most) - Odd(pixels)));

    /// <summary>Each pixel's alpha in all of its channels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> Alpha(Vector256<uint> pixels) => (pixels >>> 24) * 0x01010101;

    /// <param name="light">What colours are multiplied by, below 2; none becomes more than its alpha.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> Lit(Vector256<uint> pixels, Vector256<float> light) => Lit(pixels, light, Vector256<float>.One);

    /// <param name="cover">What all is multiplied by, 0 to 1.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> Lit(Vector256<uint> pixels, Vector256<float> light, Vector256<float> cover)
    {
        var (colors, alphas) = ((light * cover * OneOfLight).Plus(0.5f).Whole(), (cover * OneOfLight).Plus(0.5f).Whole());
        var odd = Lit(Odd(pixels), (colors | alphas << 16).AsUInt16());
        var most = odd.AsUInt32() >>> 16;
        return Join(
            Vector256.Min(Lit(Even(pixels), Twice(colors)), (most | most << 16).AsUInt16()),
            Vector256.Min(odd, (most | odd.AsUInt32() & Vector256.Create(0xffff0000u)).AsUInt16()));
    }

    /// <summary>In 255ths.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<ushort> Times(Vector256<ushort> left, Vector256<ushort> right) =>
        left * right + Vector256.Create((ushort)128) is var product ? (product + (product >>> 8)) >>> 8 : left;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<ushort> Lit(Vector256<ushort> channels, Vector256<ushort> weights) => (channels * weights + Vector256.Create((ushort)(OneOfLight / 2))) >>> 7;
}
