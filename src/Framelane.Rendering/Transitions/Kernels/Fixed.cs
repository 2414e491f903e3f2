using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Framelane.Rendering.Transitions.Kernels;

/// <summary>Arithmetic on one pixel's blue, green, red and alpha in whole numbers, 0 to 255, in the lower four of eight.</summary>
static class Fixed
{
    const int One = 256, OneOfLight = 128;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> Unpack(uint pixel) => Vector128.WidenLower(Vector128.CreateScalarUnsafe(pixel).AsByte());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Pack(Vector128<ushort> pixel) => Vector128.Narrow(pixel, pixel).AsUInt32().ToScalar();

    /// <param name="share">Of the second, in 1/256.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> Mix(Vector128<ushort> from, Vector128<ushort> to, int share) =>
        (from * (ushort)(One - share) + to * (ushort)share + Vector128.Create((ushort)(One / 2))) >> 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> Mix(Vector128<ushort> from, Vector128<ushort> to, float share) => Mix(from, to, (int)(share * One + 0.5f));

    /// <param name="light">What colours are multiplied by, below 2; none becomes more than its alpha.</param>
    /// <param name="cover">What all is multiplied by, 0 to 1.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> Lit(Vector128<ushort> pixel, float light, float cover = 1)
    {
        var (colour, alpha) = ((ushort)(light * cover * OneOfLight + 0.5f), (ushort)(cover * OneOfLight + 0.5f));
        var lit = (pixel * Vector128.Create(colour, colour, colour, alpha, 0, 0, 0, 0) + Vector128.Create((ushort)(OneOfLight / 2))) >> 7;
        return Vector128.Min(lit, Vector128.Create(lit.GetElement(3)));
    }
}
