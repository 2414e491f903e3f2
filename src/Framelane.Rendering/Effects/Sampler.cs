using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Effects;

/// <summary>Reads a picture at eight places; beyond its edges it goes on as its outermost pixels. The buffer must outlive it.</summary>
readonly unsafe struct Sampler(PixelBuffer picture)
{
    readonly uint* pixels = (uint*)picture.Address;
    readonly int width = picture.Width, right = picture.Width - 1, bottom = picture.Height - 1;

    /// <summary>Between pixels, bilinearly, to a 256th of a pixel.</summary>
    /// <param name="x">Pixels; a whole number is a pixel's middle.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Block At(Vector256<float> x, Vector256<float> y)
    {
        var corners = Corners(x, y);
        return Block.Unpack(corners.Even() | corners.Odd() << 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Block At(Vector256<float> x, float y) => At(x, Vector256.Create(y));

    /// <summary>Blue and red alone, which is less work.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public (Vector256<float> Blue, Vector256<float> Red) BlueAndRed(Vector256<float> x, float y)
    {
        var even = Corners(x, Vector256.Create(y)).Even();
        return (Vector256.ConvertToSingle((even & Vector256.Create(0xffu)).AsInt32()) * (1f / 255), Vector256.ConvertToSingle((even >>> 16).AsInt32()) * (1f / 255));
    }

    /// <summary>Within a row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Block Along(Vector256<float> x, int row)
    {
        x = Vector256.MinNative(Vector256.MaxNative(x, Vector256<float>.Zero), Vector256.Create((float)right));
        var column = x.Whole();
        var pair = new Pair(Pixels(column, row), Pixels(column + Vector256<int>.One, row), x - column.Float());
        return Block.Unpack(pair.Even() | pair.Odd() << 8);
    }

    /// <summary>The pixels themselves.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<uint> Pixels(Vector256<int> columns, int row) => Wide.Gather(pixels + (nint)Math.Clamp(row, 0, bottom) * width, Wide.Clamp(columns, right));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    Square Corners(Vector256<float> x, Vector256<float> y)
    {
        x = Vector256.MinNative(Vector256.MaxNative(x, Vector256<float>.Zero), Vector256.Create((float)right));
        y = Vector256.MinNative(Vector256.MaxNative(y, Vector256<float>.Zero), Vector256.Create((float)bottom));
        var (column, row) = (x.Whole(), y.Whole());
        var upper = row * width + column;
        // The comparisons are −1 where there is a next one.
        var next = Vector256.LessThan(column, Vector256.Create(right));
        var lower = upper + (Vector256.LessThan(row, Vector256.Create(bottom)) & Vector256.Create(width));
        return new(
            Wide.Gather(pixels, upper), Wide.Gather(pixels, upper - next), Wide.Gather(pixels, lower), Wide.Gather(pixels, lower - next), x - column.Float(), y - row.Float());
    }

    /// <summary>Four pixels about each place, and how far it is from the first.</summary>
    readonly struct Square(Vector256<uint> a, Vector256<uint> b, Vector256<uint> c, Vector256<uint> d, Vector256<float> across, Vector256<float> down)
    {
        /// <summary>Blue and red.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<uint> Even() => new Pair(new Pair(a, b, across).Even(), new Pair(c, d, across).Even(), down).Even();

        /// <summary>Green and alpha.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<uint> Odd() => new Pair(new Pair(a, b, across).Odd(), new Pair(c, d, across).Odd(), down).Even();
    }

    /// <summary>Two pixels, and how far from the first; two channels are mixed at once, in 16 bits each.</summary>
    readonly struct Pair(Vector256<uint> from, Vector256<uint> to, Vector256<float> share)
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<uint> Even() => Mix(Low(from), Low(to));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<uint> Odd() => Mix(Low(from >>> 8), Low(to >>> 8));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector256<ushort> Low(Vector256<uint> pixels) => (pixels & Vector256.Create(0x00ff00ffu)).AsUInt16();

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        Vector256<uint> Mix(Vector256<ushort> first, Vector256<ushort> second)
        {
            // 0 to 256, twice in 32 bits.
            var whole = (share * 256f).Plus(0.5f).Whole();
            var weights = (whole | whole << 16).AsUInt16();
            return ((first * (Vector256.Create((ushort)256) - weights) + second * weights + Vector256.Create((ushort)128)) >>> 8).AsUInt32();
        }
    }
}
