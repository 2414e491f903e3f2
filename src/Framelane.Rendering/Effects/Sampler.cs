using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Effects;

/// <summary>Reads a picture at eight places; beyond its edges it goes on as its outermost pixels. The buffer must outlive it.</summary>
readonly unsafe struct Sampler(PixelBuffer picture)
{
    readonly uint* pixels = (uint*)picture.Address;
    readonly int width = picture.Width, right = picture.Width - 1, bottom = picture.Height - 1;

    // The last column and row that have a next one, as most have: reading the next ones needs no other check.
    readonly int lastColumn = Math.Max(0, picture.Width - 2), lastRow = Math.Max(0, picture.Height - 2);
    readonly nint nextColumn = Math.Min(1, picture.Width - 1), nextRow = picture.Height > 1 ? picture.Width : 0;

    /// <summary>Between pixels, bilinearly, to a 256th of a pixel.</summary>
    /// <param name="x">Pixels; a whole number is a pixel's middle.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Block At(Vector256<float> x, Vector256<float> y) => Block.Unpack(PixelsAt(x, y));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Block At(Vector256<float> x, float y) => Block.Unpack(PixelsAt(x, y));

    /// <summary>The same in bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<uint> PixelsAt(Vector256<float> x, Vector256<float> y)
    {
        var corners = Corners(x, y);
        return Packed.Join(corners.Even(), corners.Odd());
    }

    /// <summary>The same places of this one and of another of its size.</summary>
    /// <param name="share">Of the other.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<uint> Mixed(in Sampler other, Vector256<float> x, Vector256<float> y, Vector256<ushort> share)
    {
        var ((column, across), (row, down)) = (Place(x, right, lastColumn), Place(y, bottom, lastRow));
        var places = row * width + column;
        var above = Packed.Mix(Mixed(pixels, other.pixels, places, share), Mixed(pixels + nextColumn, other.pixels + nextColumn, places, share), across);
        var next = nextRow + nextColumn;
        return Packed.Mix(
            above, Packed.Mix(Mixed(pixels + nextRow, other.pixels + nextRow, places, share), Mixed(pixels + next, other.pixels + next, places, share), across), down);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<uint> Mixed(uint* first, uint* second, Vector256<int> places, Vector256<ushort> share) => Packed.Mix(Wide.Gather(first, places), Wide.Gather(second, places), share);

    /// <summary>All from between the same two rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<uint> PixelsAt(Vector256<float> x, float y)
    {
        var corners = Corners(x, y);
        return Packed.Join(corners.Even(), corners.Odd());
    }

    /// <summary>In bytes too, but blue and red alone, which is less work.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<uint> BlueAndRedAt(Vector256<float> x, float y) => Corners(x, y).Even().AsUInt32();

    /// <summary>Eight beside each other, that far from a block's own place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<uint> PixelsAt(Place place, float right, float down)
    {
        var parts = (int)MathF.Floor(right * Packed.One + 0.5f);
        var first = place.Column + (parts >> 8);
        if (first < 0 || first + Block.Width >= width)
            return Beyond(place, right, down);
        var (row, share) = RowOf(place.Row + down);
        var upper = pixels + (nint)row * width + first;
        var lower = upper + nextRow;
        return Packed.Mix(
            Packed.Mix(Vector256.Load(upper), Vector256.Load(upper + 1), Vector256.Create((ushort)(parts & 0xff))),
            Packed.Mix(Vector256.Load(lower), Vector256.Load(lower + 1), Vector256.Create((ushort)(parts & 0xff))), share);
    }

    // Rare, so not in its caller's way.
    [MethodImpl(MethodImplOptions.NoInlining)]
    Vector256<uint> Beyond(Place place, float right, float down) => PixelsAt(place.X.Plus(right), place.Row + down);

    /// <summary>Within a row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Block Along(Vector256<float> x, int row)
    {
        var (column, across) = Place(x, right, lastColumn);
        var first = pixels + (nint)Math.Clamp(row, 0, bottom) * width;
        return Block.Unpack(Packed.Mix(Wide.Gather(first, column), Wide.Gather(first + nextColumn, column), across));
    }

    /// <summary>The pixels themselves.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<uint> Pixels(Vector256<int> columns, int row) => Wide.Gather(
        pixels + (nint)Math.Clamp(row, 0, bottom) * width, Vector256.Min(Vector256.Max(columns, Vector256<int>.Zero), Vector256.Create(right)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    Square Corners(Vector256<float> x, Vector256<float> y)
    {
        var ((column, across), (row, down)) = (Place(x, right, lastColumn), Place(y, bottom, lastRow));
        return Corners(pixels, row * width + column, across, down);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    Square Corners(Vector256<float> x, float y)
    {
        var (column, across) = Place(x, right, lastColumn);
        var (row, down) = RowOf(y);
        return Corners(pixels + (nint)row * width, column, across, down);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    (int Row, Vector256<ushort> Share) RowOf(float y)
    {
        var parts = (int)(Math.Clamp(y, 0, bottom) * Packed.One + 0.5f);
        var row = Math.Min(parts >> 8, lastRow);
        return (row, Vector256.Create((ushort)(parts - (row << 8))));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    Square Corners(uint* first, Vector256<int> places, Vector256<ushort> across, Vector256<ushort> down) => new(
        Wide.Gather(first, places), Wide.Gather(first + nextColumn, places),
        Wide.Gather(first + nextRow, places), Wide.Gather(first + nextRow + nextColumn, places), across, down);

    /// <summary>The pixel before a place, and how far it is from there, as a weight.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static (Vector256<int> Pixel, Vector256<ushort> Share) Place(Vector256<float> places, int end, int last)
    {
        var inside = Vector256.MinNative(Vector256.MaxNative(places, Vector256<float>.Zero), Vector256.Create((float)end));
        var parts = (inside * Packed.One).Plus(0.5f).Whole();
        var pixel = Vector256.Min(parts >> 8, Vector256.Create(last));
        return (pixel, Packed.Twice(parts - (pixel << 8)));
    }

    /// <summary>Four pixels about each place, and how far it is from the first.</summary>
    readonly struct Square(Vector256<uint> a, Vector256<uint> b, Vector256<uint> c, Vector256<uint> d, Vector256<ushort> across, Vector256<ushort> down)
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<ushort> Even() =>
            Packed.Mix(Packed.Mix(Packed.Even(a), Packed.Even(b), across), Packed.Mix(Packed.Even(c), Packed.Even(d), across), down);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<ushort> Odd() =>
            Packed.Mix(Packed.Mix(Packed.Odd(a), Packed.Odd(b), across), Packed.Mix(Packed.Odd(c), Packed.Odd(d), across), down);
    }
}
