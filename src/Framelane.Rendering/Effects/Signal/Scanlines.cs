using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Effects.Signal;

/// <summary>The lines of a screen that has 240 of them: light in each line's middle, dark between two.</summary>
sealed class Scanlines : IEffect
{
    const int Lines = 240, NarrowestPeriod = 2;

    const float Darkest = 0.65f;

    public string Name => "scanlines";

    public void Apply(PixelBuffer picture, in EffectCall call)
    {
        var period = Period(picture);
        var lights = new float[period];
        for (var y = 0; y < period; y++)
            lights[y] = 1 - call.Intensity * Darkest * (0.5f + 0.5f * MathF.Cos(2 * MathF.PI * (y + 0.5f) / period + (period == 2 ? MathF.PI / 2 : 0)));
        PixelKernel.RunBlocks(picture, new Light(lights));
    }

    /// <summary>Pixels; whole, so that no beat is seen.</summary>
    internal static int Period(PixelBuffer picture) => Math.Max(NarrowestPeriod, (int)MathF.Round((float)picture.Height / Lines));

    readonly struct Light(float[] lights) : IBlockChange
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Block Apply(Block pixels, Place place) => pixels.Scale(Vector256.Create(lights[place.Row % lights.Length]));
    }
}
