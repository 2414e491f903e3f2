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

/// <summary>A change of one pixel's colour that knows where it lies.</summary>
interface IPlacedChange
{
    /// <param name="x">Pixels, from the left; <paramref name="y"/> from the top.</param>
    Vector128<float> Apply(Vector128<float> pixel, int x, int y);
}

/// <summary>Applies a change to all pixels: four channels at once, rows on several cores.</summary>
static class PixelKernel
{
    public static void Run<T>(PixelBuffer picture, T change)
        where T : struct, IPixelChange => Rows.ForEach(picture.Height, y =>
    {
        foreach (ref var pixel in MemoryMarshal.Cast<byte, uint>(picture.Row(y)))
            pixel = Pack(change.Apply(Unpack(pixel)));
    });

    public static void RunPlaced<T>(PixelBuffer picture, T change)
        where T : struct, IPlacedChange => Rows.ForEach(picture.Height, y =>
    {
        var row = MemoryMarshal.Cast<byte, uint>(picture.Row(y));
        for (var x = 0; x < row.Length; x++)
            row[x] = Pack(change.Apply(Unpack(row[x]), x, y));
    });

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
}
