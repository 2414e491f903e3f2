using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Effects;

/// <summary>A change of one pixel's colour that knows nothing of its place. A struct, so that it is inlined in the loop.</summary>
interface IPixelChange
{
    /// <param name="pixel">Blue, green, red and alpha, premultiplied, 0 to 1.</param>
    /// <returns>The same; colours beyond 0 to alpha are cut.</returns>
    Vector128<float> Apply(Vector128<float> pixel);
}

/// <summary>A change of eight pixels at once that may know where they lie. A struct whose method is marked to be inlined.</summary>
interface IBlockChange
{
    /// <returns>Colours beyond 0 to alpha are cut.</returns>
    Block Apply(Block pixels, Place place);
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

/// <summary>Applies a change to all pixels, rows on several cores.</summary>
static class PixelKernel
{
    public static void Run<T>(PixelBuffer picture, T change)
        where T : struct, IPixelChange => Rows.ForEach(picture.Height, y =>
    {
        foreach (ref var pixel in MemoryMarshal.Cast<byte, uint>(picture.Row(y)))
            pixel = Pack(change.Apply(Unpack(pixel)));
    });

    public static void RunBlocks<T>(PixelBuffer picture, T change)
        where T : struct, IBlockChange => Rows.ForEach(picture.Height, y => RunRow(MemoryMarshal.Cast<byte, uint>(picture.Row(y)), y, change));

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

    static void RunRow<T>(Span<uint> row, int y, T change)
        where T : struct, IBlockChange
    {
        var x = 0;
        for (; x <= row.Length - Block.Width; x += Block.Width)
            change.Apply(Block.Unpack(Vector256.Create<uint>(row[x..])), new(x, y)).Pack().CopyTo(row[x..]);
        if (x < row.Length)
            RunRest(row[x..], new(x, y), change);
    }

    // On its own: a method that reserves a part of the stack is not compiled anew once it is known to be hot.
    static void RunRest<T>(Span<uint> pixels, Place place, T change)
        where T : struct, IBlockChange
    {
        Span<uint> block = stackalloc uint[Block.Width];
        pixels.CopyTo(block);
        change.Apply(Block.Unpack(Vector256.Create<uint>(block)), place).Pack().CopyTo(block);
        block[..pixels.Length].CopyTo(pixels);
    }
}
