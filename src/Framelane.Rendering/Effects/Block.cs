using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Framelane.Rendering.Effects;

/// <summary>Eight pixels beside each other, a vector a channel; premultiplied, 0 to 1.</summary>
readonly struct Block(Vector256<float> blue, Vector256<float> green, Vector256<float> red, Vector256<float> alpha)
{
    public const int Width = 8;

    public readonly Vector256<float> Blue = blue, Green = green, Red = red, Alpha = alpha;

    /// <summary>BT.709's, of the encoded values as they are, premultiplied.</summary>
    public Vector256<float> Luma
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Blue * 0.0722f + Green * 0.7152f + Red * 0.2126f;
    }

    /// <summary>1 over alpha, and 0 where that is 0: what brings a colour out of its alpha.</summary>
    public Vector256<float> Unalpha
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector256.ConditionalSelect(Vector256.GreaterThan(Alpha, Vector256<float>.Zero), Vector256<float>.One / Alpha, Vector256<float>.Zero);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Block operator +(Block left, Block right) =>
        new(left.Blue + right.Blue, left.Green + right.Green, left.Red + right.Red, left.Alpha + right.Alpha);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Block operator *(Block left, Vector256<float> factor) => new(left.Blue * factor, left.Green * factor, left.Red * factor, left.Alpha * factor);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Block operator *(Block left, float factor) => new(left.Blue * factor, left.Green * factor, left.Red * factor, left.Alpha * factor);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Block Unpack(Vector256<uint> pixels)
    {
        // Without calls, as Pack: see Packed.Mix.
        var (whole, low, scale) = (pixels.AsInt32(), Vector256.Create(0xff), Vector256.Create(1f / 255));
        return new Block(
            Vector256.ConvertToSingle(whole & low) * scale, Vector256.ConvertToSingle(whole >>> 8 & low) * scale,
            Vector256.ConvertToSingle(whole >>> 16 & low) * scale, Vector256.ConvertToSingle(whole >>> 24) * scale);
    }

    /// <summary>Colours beyond 0 to alpha are cut.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<uint> Pack()
    {
        var (zero, half, scale) = (Vector256<float>.Zero, Vector256.Create(0.5f), Vector256.Create(255f));
        var most = Vector256.MinNative(Vector256.MaxNative(Alpha, zero), Vector256<float>.One) * scale;
        return (Vector256.ConvertToInt32Native(Vector256.MaxNative(Vector256.MinNative(Blue * scale, most), zero) + half)
            | Vector256.ConvertToInt32Native(Vector256.MaxNative(Vector256.MinNative(Green * scale, most), zero) + half) << 8
            | Vector256.ConvertToInt32Native(Vector256.MaxNative(Vector256.MinNative(Red * scale, most), zero) + half) << 16
            | Vector256.ConvertToInt32Native(most + half) << 24).AsUInt32();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Block WithAlpha(Vector256<float> alpha) => new(Blue, Green, Red, alpha);

    /// <summary>The luma of packed pixels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> LumaOf(Vector256<uint> pixels)
    {
        var low = Vector256.Create(0xffu);
        return Floats(pixels & low) * (0.0722f / 255) + Floats(pixels >>> 8 & low) * (0.7152f / 255) + Floats(pixels >>> 16 & low) * (0.2126f / 255);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Block AddScaled(Block other, float factor) =>
        new(Blue + other.Blue * factor, Green + other.Green * factor, Red + other.Red * factor, Alpha + other.Alpha * factor);

    /// <param name="share">0 is this, 1 the other.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Block Mix(Block other, Vector256<float> share) => new(
        Blue + (other.Blue - Blue) * share, Green + (other.Green - Green) * share, Red + (other.Red - Red) * share, Alpha + (other.Alpha - Alpha) * share);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Block Mix(Block other, float share) => Mix(other, Vector256.Create(share));

    /// <summary>As much lighter or darker in each colour.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Block Add(Vector256<float> change)
    {
        change *= Alpha;
        return new(Blue + change, Green + change, Red + change, Alpha);
    }

    /// <summary>The colours times that, and alpha as it is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Block Scale(Vector256<float> light) => new(Blue * light, Green * light, Red * light, Alpha);

    /// <summary>Adds light, 0 to 1, as on a screen; what is transparent takes none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Block Screen(Block light, float strength) => new(
        Blue + Wide.Unit(light.Blue * strength) * (Alpha - Blue),
        Green + Wide.Unit(light.Green * strength) * (Alpha - Green),
        Red + Wide.Unit(light.Red * strength) * (Alpha - Red),
        Alpha);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Block Max(Block left, Block right) => new(
        Vector256.Max(left.Blue, right.Blue), Vector256.Max(left.Green, right.Green), Vector256.Max(left.Red, right.Red), Vector256.Max(left.Alpha, right.Alpha));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<float> Floats(Vector256<uint> values) => Vector256.ConvertToSingle(values.AsInt32());
}
