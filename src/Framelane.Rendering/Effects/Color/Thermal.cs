using System.Runtime.Intrinsics;
using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Effects.Color;

/// <summary>A heat camera's false colours (the "ironbow"): luma is read as heat, from black through violet, red and orange to white, ever lighter.</summary>
sealed class Thermal : IEffect
{
    // Heat, and its red, green and blue.
    static readonly (double Heat, double Red, double Green, double Blue)[] Stops =
    [
        (0, 0, 0, 0.08), (0.15, 0.16, 0, 0.5), (0.35, 0.6, 0, 0.62), (0.5, 0.87, 0.18, 0.3), (0.65, 0.96, 0.42, 0.05), (0.8, 1, 0.7, 0), (0.92, 1, 0.93, 0.4), (1, 1, 1, 0.97),
    ];

    static readonly Vector128<float>[] Palette = [.. Enumerable.Range(0, 256).Select(level => At(level / 255.0))];

    public string Name => "thermal";

    public void Apply(PixelBuffer picture, in EffectCall call) => PixelKernel.Run(picture, new Heat(call.Intensity));

    static Vector128<float> At(double heat)
    {
        var upper = Math.Max(1, Array.FindIndex(Stops, stop => stop.Heat >= heat));
        var (from, to) = (Stops[upper - 1], Stops[upper]);
        var share = (heat - from.Heat) / (to.Heat - from.Heat);
        float Mix(double first, double second) => (float)(first + (second - first) * share);
        return Vector128.Create(Mix(from.Blue, to.Blue), Mix(from.Green, to.Green), Mix(from.Red, to.Red), 1);
    }

    readonly struct Heat(float intensity) : IPixelChange
    {
        public Vector128<float> Apply(Vector128<float> pixel)
        {
            var alpha = pixel[3];
            return alpha == 0 ? pixel : PixelKernel.Mix(pixel, Palette[(int)Math.Min(255, Tone.Luma(pixel) / alpha * 255 + 0.5f)] * alpha, intensity);
        }
    }
}
