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
    public static Vector256<uint> Mix(Vector256<uint> from, Vector256<uint> to, Vector256<ushort> weights) =>
        Join(Mix(Even(from), Even(to), weights), Mix(Odd(from), Odd(to), weights));

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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<ushort> Lit(Vector256<ushort> channels, Vector256<ushort> weights) => (channels * weights + Vector256.Create((ushort)(OneOfLight / 2))) >>> 7;
}
