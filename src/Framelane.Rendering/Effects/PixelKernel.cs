using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Effects;

/// <summary>A change of eight pixels at once that may know where they lie. A struct whose method is marked to be inlined.</summary>
interface IBlockChange
{
    /// <returns>Colours beyond 0 to alpha are cut.</returns>
    Block Apply(Block pixels, Place place);
}

/// <summary>The same in bytes, for what only moves and mixes them.</summary>
interface IPackedChange
{
    /// <returns>No colour may be above its alpha.</returns>
    Vector256<uint> Apply(Vector256<uint> pixels, Place place);
}

/// <summary>Makes eight pixels at once, in bytes. A struct whose method is marked to be inlined.</summary>
interface IBlockFill
{
    /// <returns>No colour may be above its alpha.</returns>
    Vector256<uint> At(Place place);
}

/// <summary>What eight pixels and those that lie on them become, in bytes. A struct whose method is marked to be inlined.</summary>
interface IBlockMix
{
    /// <returns>No colour may be above its alpha.</returns>
    Vector256<uint> Of(Vector256<uint> from, Vector256<uint> to, Place place);
}

/// <summary>Where eight pixels lie: the first one's column and their row. The last ones may lie beyond the picture's right edge.</summary>
readonly record struct Place(int Column, int Row)
{
    public Vector256<int> Columns
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector256.Create(Column) + Wide.Places;
    }

    /// <summary>The columns; a whole number is a pixel's middle.</summary>
    public Vector256<float> X
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Columns.Float();
    }
}

/// <summary>Changes, fills or mixes whole pictures, rows on several cores.</summary>
static class PixelKernel
{
    public static void RunBlocks<T>(PixelBuffer picture, T change)
        where T : struct, IBlockChange => RunPacked(picture, new Unpacked<T>(change));

    public static void RunPacked<T>(PixelBuffer picture, T change)
        where T : struct, IPackedChange => Rows.ForEach(picture.Height, y => RunRow(picture.PixelsOf(y), y, change));

    public static void Fill<T>(PixelBuffer picture, T fill)
        where T : struct, IBlockFill => Rows.ForEach(picture.Height, y => FillRow(picture.PixelsOf(y), y, fill));

    /// <param name="target">As large as both.</param>
    public static void Mix<T>(PixelBuffer from, PixelBuffer to, PixelBuffer target, T mix)
        where T : struct, IBlockMix => Rows.ForEach(target.Height, y => MixRow(from.PixelsOf(y), to.PixelsOf(y), target.PixelsOf(y), y, mix));

    public static Vector128<float> Mix(Vector128<float> from, Vector128<float> to, float share) => from + (to - from) * share;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Unpack(uint pixel) => Vector128.ConvertToSingle(
        Vector128.WidenLower(Vector128.WidenLower(Vector128.CreateScalarUnsafe(pixel).AsByte())).AsInt32()) * (1f / 255);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Pack(Vector128<float> pixel)
    {
        var alpha = Math.Clamp(pixel.GetElement(3), 0, 1);
        var cut = Vector128.Min(Vector128.Max(pixel, Vector128<float>.Zero), Vector128.Create(alpha));
        var whole = Vector128.ConvertToInt32(cut * 255f + Vector128.Create(0.5f)).AsUInt32();
        return Vector128.Narrow(Vector128.Narrow(whole, whole), Vector128<ushort>.Zero).AsUInt32().ToScalar();
    }

    // Rows are compiled each on its own, so that what surrounds them takes nothing of what may be inlined into them.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    static void RunRow<T>(Span<uint> row, int y, T change)
        where T : struct, IPackedChange
    {
        var x = 0;
        for (; x <= row.Length - Block.Width; x += Block.Width)
            change.Apply(Vector256.Create<uint>(row[x..]), new(x, y)).CopyTo(row[x..]);
        if (x < row.Length)
            RunRest(row[x..], new(x, y), change);
    }

    // On its own: a method that reserves a part of the stack is not compiled anew once it is known to be hot.
    static void RunRest<T>(Span<uint> pixels, Place place, T change)
        where T : struct, IPackedChange
    {
        Span<uint> block = stackalloc uint[Block.Width];
        change.Apply(Start(pixels, block), place).CopyTo(block);
        block[..pixels.Length].CopyTo(pixels);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    static void FillRow<T>(Span<uint> row, int y, T fill)
        where T : struct, IBlockFill
    {
        var x = 0;
        for (; x <= row.Length - Block.Width; x += Block.Width)
            fill.At(new(x, y)).CopyTo(row[x..]);
        if (x < row.Length)
            FillRest(row[x..], new(x, y), fill);
    }

    static void FillRest<T>(Span<uint> pixels, Place place, T fill)
        where T : struct, IBlockFill
    {
        Span<uint> block = stackalloc uint[Block.Width];
        fill.At(place).CopyTo(block);
        block[..pixels.Length].CopyTo(pixels);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    static void MixRow<T>(Span<uint> from, Span<uint> to, Span<uint> row, int y, T mix)
        where T : struct, IBlockMix
    {
        var x = 0;
        for (; x <= row.Length - Block.Width; x += Block.Width)
            mix.Of(Vector256.Create<uint>(from[x..]), Vector256.Create<uint>(to[x..]), new(x, y)).CopyTo(row[x..]);
        if (x < row.Length)
            MixRest(from[x..], to[x..], row[x..], new(x, y), mix);
    }

    static void MixRest<T>(Span<uint> from, Span<uint> to, Span<uint> pixels, Place place, T mix)
        where T : struct, IBlockMix
    {
        Span<uint> block = stackalloc uint[Block.Width];
        mix.Of(Start(from, block), Start(to, block), place).CopyTo(block);
        block[..pixels.Length].CopyTo(pixels);
    }

    static Vector256<uint> Start(ReadOnlySpan<uint> pixels, Span<uint> block)
    {
        pixels.CopyTo(block);
        return Vector256.Create<uint>(block);
    }

    // Not readonly: the change would be copied for each call.
    struct Unpacked<T>(T change) : IPackedChange
        where T : struct, IBlockChange
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<uint> Apply(Vector256<uint> pixels, Place place) => change.Apply(Block.Unpack(pixels), place).Pack();
    }
}
