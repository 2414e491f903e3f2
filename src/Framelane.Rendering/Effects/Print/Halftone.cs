using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Effects.Print;

/// <summary>Printed in round dots, whose sizes make the tones: on white paper, in cyan, magenta, yellow and black at the usual angles, or in one ink at 45°.</summary>
/// <remarks>Grey is black ink as far as can be. A dot is as large as its cell's mean wants it, so that tones are kept.</remarks>
sealed class Halftone : IEffect
{
    // From a dot to the next, of the shorter side.
    const float PitchShare = 1f / 90, FinestPitch = 3;

    public static readonly Halftone FourInks = new("cc_halftone", (0, 0, 0), Black, 45, (Cyan, 15), (Magenta, 75), (Yellow, 0));
    public static readonly Halftone Blue = new("cc_halftone_blue", (0.05f, 0.27f, 0.8f), Darkness, 45);
    public static readonly Halftone Green = new("cc_halftone_green", (0.02f, 0.5f, 0.2f), Darkness, 45);
    public static readonly Halftone Red = new("cc_halftone_red", (0.84f, 0.08f, 0.12f), Darkness, 45);

    readonly (float Red, float Green, float Blue) color;
    readonly (Func<Vector128<float>, float> Ink, double Degrees) key;
    readonly (Func<Vector128<float>, float> Ink, double Degrees)[] others;

    /// <param name="color">Of the ink that lies over the others.</param>
    /// <param name="others">None, or cyan, magenta and yellow.</param>
    Halftone(string name, (float Red, float Green, float Blue) color, Func<Vector128<float>, float> ink, double degrees, params (Func<Vector128<float>, float>, double)[] others) =>
        (Name, this.color, key, this.others) = (name, color, (ink, degrees), others);

    public string Name { get; }

    public void Apply(PixelBuffer picture, in EffectCall call)
    {
        var pitch = Math.Max(FinestPitch, PitchShare * Math.Min(picture.Width, picture.Height));
        var factor = Math.Clamp((int)(pitch / 2), 1, 16);
        using var small = Shrunk.Of(picture, factor, call.Pool);
        var source = small.Buffer;
        HalftoneScreen Screen((Func<Vector128<float>, float> Ink, double Degrees) ink) => new(picture, source, factor, ink.Degrees, pitch, ink.Ink);

        if (others.Length == 0)
            PixelKernel.RunBlocks(picture, new OneInk(Screen(key), color, call.Intensity));
        else
            PixelKernel.RunBlocks(picture, new FourColors(Screen(others[0]), Screen(others[1]), Screen(others[2]), Screen(key), call.Intensity));
    }

    static readonly Vector128<float> Luma = Vector128.Create(0.0722f, 0.7152f, 0.2126f, 0);

    static float Darkness(Vector128<float> pixel) => pixel[3] == 0 ? 0 : 1 - Vector128.Dot(pixel, Luma) / pixel[3];

    static float Black(Vector128<float> pixel) => pixel[3] == 0 ? 0 : 1 - Math.Max(pixel[0], Math.Max(pixel[1], pixel[2])) / pixel[3];

    static float Yellow(Vector128<float> pixel) => Beside(pixel, 0);

    static float Magenta(Vector128<float> pixel) => Beside(pixel, 1);

    static float Cyan(Vector128<float> pixel) => Beside(pixel, 2);

    /// <summary>What the black leaves to another ink.</summary>
    static float Beside(Vector128<float> pixel, int channel) =>
        Math.Max(pixel[0], Math.Max(pixel[1], pixel[2])) is var brightest && brightest > 0 ? 1 - pixel[channel] / brightest : 0;

    readonly struct OneInk(HalftoneScreen screen, (float Red, float Green, float Blue) color, float intensity) : IBlockChange
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Block Apply(Block pixels, Place place)
        {
            var inked = screen.At(place);
            Vector256<float> Printed(float ink) => (inked * (ink - 1)).Plus(1);
            return pixels.Mix(new Block(Printed(color.Blue), Printed(color.Green), Printed(color.Red), Vector256<float>.One) * pixels.Alpha, intensity);
        }
    }

    readonly struct FourColors(HalftoneScreen cyan, HalftoneScreen magenta, HalftoneScreen yellow, HalftoneScreen black, float intensity) : IBlockChange
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Block Apply(Block pixels, Place place)
        {
            // Cyan takes red, magenta green, yellow blue, and black what is left of all.
            var left = black.At(place).From(1) * pixels.Alpha;
            return pixels.Mix(new(yellow.At(place).From(1) * left, magenta.At(place).From(1) * left, cyan.At(place).From(1) * left, pixels.Alpha), intensity);
        }
    }
}
