using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Framelane.Rendering.Effects;

/// <summary>An affine change of colours; right for premultiplied ones too, because its constant part is multiplied by alpha.</summary>
readonly struct ColorMatrix : IBlockChange
{
    readonly Vector128<float> blue, green, red, alpha;

    ColorMatrix(Vector128<float> blue, Vector128<float> green, Vector128<float> red, Vector128<float> alpha) =>
        (this.blue, this.green, this.red, this.alpha) = (blue, green, red, alpha);

    public static ColorMatrix Identity { get; } = Of([1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0]);

    /// <param name="red">What the new red takes of red, green, blue, and 1.</param>
    public static ColorMatrix Of(ReadOnlySpan<double> red, ReadOnlySpan<double> green, ReadOnlySpan<double> blue) => new(
        Vector128.Create((float)blue[2], (float)green[2], (float)red[2], 0),
        Vector128.Create((float)blue[1], (float)green[1], (float)red[1], 0),
        Vector128.Create((float)blue[0], (float)green[0], (float)red[0], 0),
        Vector128.Create((float)blue[3], (float)green[3], (float)red[3], 1));

    public static ColorMatrix Scale(double factor, double offset = 0) => Of([factor, 0, 0, offset], [0, factor, 0, offset], [0, 0, factor, offset]);

    /// <summary>CSS's <c>saturate()</c>: 0 is grey, 1 changes nothing.</summary>
    public static ColorMatrix Saturate(double s) => Of(
        [0.213 + 0.787 * s, 0.715 - 0.715 * s, 0.072 - 0.072 * s, 0],
        [0.213 - 0.213 * s, 0.715 + 0.285 * s, 0.072 - 0.072 * s, 0],
        [0.213 - 0.213 * s, 0.715 - 0.715 * s, 0.072 + 0.928 * s, 0]);

    /// <summary>CSS's <c>hue-rotate()</c>.</summary>
    public static ColorMatrix RotateHue(double degrees)
    {
        var (sin, cos) = Math.SinCos(degrees * Math.PI / 180);
        return Of(
            [0.213 + cos * 0.787 - sin * 0.213, 0.715 - cos * 0.715 - sin * 0.715, 0.072 - cos * 0.072 + sin * 0.928, 0],
            [0.213 - cos * 0.213 + sin * 0.143, 0.715 + cos * 0.285 + sin * 0.140, 0.072 - cos * 0.072 - sin * 0.283, 0],
            [0.213 - cos * 0.213 - sin * 0.787, 0.715 - cos * 0.715 + sin * 0.715, 0.072 + cos * 0.928 + sin * 0.072, 0]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Block Apply(Block pixels, Place place) => Apply(pixels);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Block Apply(Block pixels) => new(
        pixels.Blue * blue.GetElement(0) + pixels.Green * green.GetElement(0) + pixels.Red * red.GetElement(0) + pixels.Alpha * alpha.GetElement(0),
        pixels.Blue * blue.GetElement(1) + pixels.Green * green.GetElement(1) + pixels.Red * red.GetElement(1) + pixels.Alpha * alpha.GetElement(1),
        pixels.Blue * blue.GetElement(2) + pixels.Green * green.GetElement(2) + pixels.Red * red.GetElement(2) + pixels.Alpha * alpha.GetElement(2),
        pixels.Alpha);

    Vector128<float> Apply(Vector128<float> pixel) =>
        blue * pixel.GetElement(0) + green * pixel.GetElement(1) + red * pixel.GetElement(2) + alpha * pixel.GetElement(3);

    /// <param name="share">0 is this one, 1 the other.</param>
    public ColorMatrix Mix(ColorMatrix other, float share) => new(
        PixelKernel.Mix(blue, other.blue, share), PixelKernel.Mix(green, other.green, share), PixelKernel.Mix(red, other.red, share), PixelKernel.Mix(alpha, other.alpha, share));

    public ColorMatrix Then(ColorMatrix next) => new(next.Apply(blue), next.Apply(green), next.Apply(red), next.Apply(alpha));
}
