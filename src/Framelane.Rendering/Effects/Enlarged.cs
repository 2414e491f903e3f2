using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Effects;

/// <summary>Reads a small picture as if it were a whole number of times as large, bilinearly. The buffer must outlive it.</summary>
/// <param name="factor">From 1.</param>
readonly unsafe struct Enlarged(PixelBuffer small, int factor)
{
    readonly uint* pixels = (uint*)small.Address;
    readonly Sampler sampler = new(small);
    readonly int width = small.Width, right = small.Width - 1, bottom = small.Height - 1;
    readonly float scale = 1f / factor, offset = (1f / factor - 1) / 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Block At(Place place) => Block.Unpack(PixelsAt(place));

    /// <summary>In bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<uint> PixelsAt(Place place)
    {
        var (x, y) = ((place.X * scale).Plus(offset), place.Row * scale + offset);
        // Eight pixels lie between at most six of the small picture's, if it is smaller and at least a block wide.
        return factor > 1 && width >= Block.Width ? Between(x, y, place.Column) : sampler.PixelsAt(x, y);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    Vector256<uint> Between(Vector256<float> x, float y, int column)
    {
        var down = (int)(Math.Clamp(y, 0, bottom) * Packed.One + 0.5f);
        var row = Math.Min(down >> 8, Math.Max(0, bottom - 1));
        var first = Math.Clamp((int)(column * scale + offset), 0, width - Block.Width);
        var upper = pixels + (nint)row * width + first;
        var lower = upper + (bottom > 0 ? width : 0);
        var (above, below, share) = (Vector256.Load(upper), Vector256.Load(lower), Vector256.Create((ushort)(down - (row << 8))));
        var (even, odd) = (Packed.Mix(Packed.Even(above), Packed.Even(below), share), Packed.Mix(Packed.Odd(above), Packed.Odd(below), share));

        var inside = Vector256.MinNative(Vector256.MaxNative(x, Vector256<float>.Zero), Vector256.Create((float)right));
        var parts = (inside * Packed.One).Plus(0.5f).Whole() - Vector256.Create(first << 8);
        var place = Vector256.Min(parts >> 8, Vector256.Create(right - 1 - first));
        var (next, across) = (place + Vector256<int>.One, Packed.Twice(parts - (place << 8)));
        return Packed.Join(Packed.Mix(Pick(even, place), Pick(even, next), across), Packed.Mix(Pick(odd, place), Pick(odd, next), across));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<ushort> Pick(Vector256<ushort> pixels, Vector256<int> places) => Vector256.ShuffleNative(pixels.AsInt32(), places).AsUInt16();
}
