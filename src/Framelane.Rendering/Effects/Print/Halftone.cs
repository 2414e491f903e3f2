using System.Runtime.Intrinsics;
using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Effects.Print;

/// <summary>Printed in round dots, whose sizes make the tones: on white paper, in cyan, magenta, yellow and black at the usual angles, or in one ink at 45°.</summary>
/// <remarks>Grey is black ink as far as can be. A dot is as large as its cell's mean wants it, so that tones are kept.</remarks>
sealed class Halftone : IEffect
{
    // From a dot to the next, of the shorter side.
    const float PitchShare = 1f / 90, FinestPitch = 3;

    public static readonly Halftone FourInks = new("cc_halftone", Vector128<float>.Zero, [Yellow, Magenta, Cyan, Black]);
    public static readonly Halftone Blue = new("cc_halftone_blue", Vector128.Create(0.8f, 0.27f, 0.05f, 0), [None, None, None, Darkness]);
    public static readonly Halftone Green = new("cc_halftone_green", Vector128.Create(0.2f, 0.5f, 0.02f, 0), [None, None, None, Darkness]);
    public static readonly Halftone Red = new("cc_halftone_red", Vector128.Create(0.12f, 0.08f, 0.84f, 0), [None, None, None, Darkness]);

    // In the lanes' order: yellow takes blue, magenta green, cyan red, and the last one all.
    static readonly double[] Angles = [0, 75, 15, 45];

    readonly Vector128<float> lastInk;
    readonly Func<Vector128<float>, float>[] inks;

    /// <param name="lastInk">Blue, green, red of the ink that lies over the others.</param>
    Halftone(string name, Vector128<float> lastInk, Func<Vector128<float>, float>[] inks) => (Name, this.lastInk, this.inks) = (name, lastInk, inks);

    public string Name { get; }

    public void Apply(PixelBuffer picture, in EffectCall call)
    {
        var pitch = Math.Max(FinestPitch, PitchShare * Math.Min(picture.Width, picture.Height));
        using var small = Shrunk.Of(picture, Math.Max(1, (int)(pitch / 2)), call.Pool);
        (float Cos, float Sin)[] turns = [.. Angles.Select(angle => ((float)(Math.Cos(angle * Math.PI / 180) / pitch), (float)(Math.Sin(angle * Math.PI / 180) / pitch)))];
        HalftoneScreen[] screens = [.. inks.Select((ink, i) => new HalftoneScreen(picture, small.Enlarge(), turns[i], pitch, ink))];
        PixelKernel.RunPlaced(picture, new Dots(
            screens[0], screens[1], screens[2], screens[3],
            Vector128.Create(turns[0].Cos, turns[1].Cos, turns[2].Cos, turns[3].Cos),
            Vector128.Create(turns[0].Sin, turns[1].Sin, turns[2].Sin, turns[3].Sin),
            pitch, Vector128<float>.One - lastInk, call.Intensity));
    }

    static float None(Vector128<float> pixel) => 0;

    static float Darkness(Vector128<float> pixel) => pixel[3] == 0 ? 0 : 1 - Tone.Luma(pixel) / pixel[3];

    static float Black(Vector128<float> pixel) => pixel[3] == 0 ? 0 : 1 - Math.Max(pixel[0], Math.Max(pixel[1], pixel[2])) / pixel[3];

    static float Yellow(Vector128<float> pixel) => Beside(pixel, 0);

    static float Magenta(Vector128<float> pixel) => Beside(pixel, 1);

    static float Cyan(Vector128<float> pixel) => Beside(pixel, 2);

    /// <summary>What the black leaves to another ink.</summary>
    static float Beside(Vector128<float> pixel, int channel) =>
        Math.Max(pixel[0], Math.Max(pixel[1], pixel[2])) is var brightest && brightest > 0 ? 1 - pixel[channel] / brightest : 0;

    readonly struct Dots(
        HalftoneScreen yellow, HalftoneScreen magenta, HalftoneScreen cyan, HalftoneScreen last, Vector128<float> cos, Vector128<float> sin, float pitch,
        Vector128<float> taken, float intensity) : IPlacedChange
    {
        public Vector128<float> Apply(Vector128<float> pixel, int x, int y)
        {
            var alpha = pixel[3];
            if (alpha == 0)
                return pixel;
            // A lane is a screen.
            var u = cos * (x + 0.5f) + sin * (y + 0.5f);
            var v = cos * (y + 0.5f) - sin * (x + 0.5f);
            var (column, row) = (Vector128.Floor(u), Vector128.Floor(v));
            var (columns, rows) = (Vector128.ConvertToInt32(column), Vector128.ConvertToInt32(row));
            var radii = Vector128.Create(
                yellow.Radius(columns[0], rows[0]), magenta.Radius(columns[1], rows[1]), cyan.Radius(columns[2], rows[2]), last.Radius(columns[3], rows[3]));
            var half = Vector128.Create(0.5f);
            var (across, down) = (u - column - half, v - row - half);
            var edge = (radii - Vector128.Sqrt(across * across + down * down)) * pitch + half;
            var inked = Vector128.Min(Vector128.Max(edge, Vector128<float>.Zero), Vector128<float>.One);
            var printed = (Vector128<float>.One - inked) * (Vector128<float>.One - taken * inked[3]) * alpha;
            return PixelKernel.Mix(pixel, printed.WithElement(3, alpha), intensity);
        }
    }
}
