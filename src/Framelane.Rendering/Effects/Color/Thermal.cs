using System.Runtime.CompilerServices;
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

    static readonly Curve Red = new(heat => At(heat, stop => stop.Red)), Green = new(heat => At(heat, stop => stop.Green)), Blue = new(heat => At(heat, stop => stop.Blue));

    public string Name => "thermal";

    public void Apply(PixelBuffer picture, in EffectCall call) => PixelKernel.RunBlocks(picture, new Heat(call.Intensity));

    static double At(double heat, Func<(double Heat, double Red, double Green, double Blue), double> channel)
    {
        var upper = Math.Max(1, Array.FindIndex(Stops, stop => stop.Heat >= heat));
        var (from, to) = (Stops[upper - 1], Stops[upper]);
        return channel(from) + (channel(to) - channel(from)) * (heat - from.Heat) / (to.Heat - from.Heat);
    }

    readonly struct Heat(float intensity) : IBlockChange
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Block Apply(Block pixels, Place place)
        {
            var heat = pixels.Luma * pixels.Unalpha;
            return pixels.Mix(new(Blue.At(heat) * pixels.Alpha, Green.At(heat) * pixels.Alpha, Red.At(heat) * pixels.Alpha, pixels.Alpha), intensity);
        }
    }
}
