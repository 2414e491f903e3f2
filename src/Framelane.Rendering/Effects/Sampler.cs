using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Effects;

/// <summary>Reads a picture between its pixels, bilinearly; beyond its edges it goes on as its outermost pixels. The buffer must outlive it.</summary>
readonly unsafe struct Sampler(PixelBuffer picture)
{
    readonly uint* pixels = (uint*)picture.Address;
    readonly int width = picture.Width, right = picture.Width - 1, bottom = picture.Height - 1;

    /// <param name="x">Pixels; a whole number is a pixel's middle.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> At(float x, float y)
    {
        x = float.MinNative(float.MaxNative(x, 0), right);
        y = float.MinNative(float.MaxNative(y, 0), bottom);
        // Truncated, which is down: neither is negative.
        var (column, row) = (float.ConvertToIntegerNative<int>(x), float.ConvertToIntegerNative<int>(y));
        var upper = pixels + (nint)row * width + column;
        var lower = upper + (row < bottom ? width : 0);
        var next = column < right ? 1 : 0;
        var (across, down) = (Vector128.Create(x - column), Vector128.Create(y - row));
        var above = Floats(upper[0]);
        above += (Floats(upper[next]) - above) * across;
        var below = Floats(lower[0]);
        below += (Floats(lower[next]) - below) * across;
        return (above + (below - above) * down) * (1f / 255);
    }

    /// <summary>The pixel itself.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Pixel(int x, int y) => pixels[(nint)Math.Clamp(y, 0, bottom) * width + Math.Clamp(x, 0, right)];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector128<float> Floats(uint pixel) => Vector128.ConvertToSingle(Vector128.WidenLower(Vector128.WidenLower(Vector128.CreateScalarUnsafe(pixel).AsByte())).AsInt32());
}
