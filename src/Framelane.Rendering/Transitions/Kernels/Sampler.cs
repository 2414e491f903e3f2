using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Transitions.Kernels;

/// <summary>Reads a picture between its pixels, to 1/256 of their width; beyond its edges it goes on as its outermost ones.</summary>
readonly unsafe struct Sampler(PixelBuffer picture)
{
    /// <summary>Of one pixel, in the places that it reads.</summary>
    public const int One = 256;

    readonly uint* pixels = (uint*)picture.Address;
    readonly int width = picture.Width;
    readonly int right = picture.Width - 1;
    readonly int bottom = picture.Height - 1;

    /// <param name="x">Pixels from the left edge; the first one's middle is 0.5.</param>
    public Vector256<int> AcrossOf(Vector256<float> x) => Place(x, right);

    /// <param name="y">Pixels from the top edge.</param>
    public Vector256<int> DownOf(Vector256<float> y) => Place(y, bottom);

    /// <summary>Blue, green, red and alpha in the lower four.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<ushort> At(float x, float y) => At(
        (int)Math.Min(Math.Max(x * One - (One / 2 - 0.5f), 0), right * One), (int)Math.Min(Math.Max(y * One - (One / 2 - 0.5f), 0), bottom * One));

    /// <param name="x">As <see cref="AcrossOf"/> gives it.</param>
    /// <param name="y">As <see cref="DownOf"/> gives it.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<ushort> At(int x, int y)
    {
        var (column, line) = (x >> 8, y >> 8);
        var upper = pixels + (nint)line * width + column;
        var lower = line < bottom ? upper + width : upper;
        var (above, below) = column < right ? (*(ulong*)upper, *(ulong*)lower) : (*upper, *lower);
        var (across, down) = ((ushort)(x & (One - 1)), (ushort)(y & (One - 1)));
        var both = Fixed.Mix(Vector128.WidenLower(Vector128.CreateScalarUnsafe(above).AsByte()), Vector128.WidenLower(Vector128.CreateScalarUnsafe(below).AsByte()), down);
        return across == 0 ? both : Fixed.Mix(both, Vector128.Create(both.GetUpper(), both.GetUpper()), across);
    }

    static Vector256<int> Place(Vector256<float> value, int last) => Vector256.ConvertToInt32(
        Vector256.Min(Vector256.Max(value * One - Vector256.Create(One / 2 - 0.5f), Vector256<float>.Zero), Vector256.Create((float)last * One)));
}
