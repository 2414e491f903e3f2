using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Framelane.Rendering.Effects;

/// <summary>Sums on colours that many effects share.</summary>
static class Tone
{
    /// <summary>BT.709's shares of blue, green and red.</summary>
    public static readonly Vector128<float> LumaWeights = Vector128.Create(0.0722f, 0.7152f, 0.2126f, 0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Luma(Vector128<float> pixel) => Vector128.Dot(pixel, LumaWeights);

    /// <summary>Adds light as on a screen; what is transparent takes none.</summary>
    /// <param name="light">Blue, green, red, 0 to 1, and 0.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Screen(Vector128<float> pixel, Vector128<float> light) =>
        pixel + Vector128.Min(light, Vector128<float>.One) * (Vector128.Create(pixel.GetElement(3)) - pixel);

    /// <summary>As much lighter or darker in each colour.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Add(Vector128<float> pixel, float change)
    {
        change *= pixel.GetElement(3);
        return pixel + Vector128.Create(change, change, change, 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Scale(Vector128<float> pixel, float light) => pixel * Vector128.Create(light, light, light, 1);

    /// <summary>From 0 at the first to 1 at the second, without corners.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Step(float from, float to, float at)
    {
        var share = float.ClampNative((at - from) / (to - from), 0, 1);
        return share * share * (3 - 2 * share);
    }
}
