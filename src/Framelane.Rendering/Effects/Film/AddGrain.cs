using System.Runtime.Intrinsics;
using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Effects.Film;

/// <summary>Film grain: clumps of a pixel or two, strongest in the middle tones and weak in blacks and whites; another way each frame.</summary>
sealed class AddGrain : IEffect
{
    // The deviation in the middle tones, and how much of it is left in black and white.
    const float Strongest = 0.13f, Least = 0.25f;

    public string Name => "add_grain";

    public void Apply(PixelBuffer picture, in EffectCall call) =>
        PixelKernel.RunPlaced(picture, new Specks(new(call.Seed, Math.Min(picture.Width, picture.Height)), call.Intensity * Strongest));

    readonly struct Specks(GrainTile tile, float strength) : IPlacedChange
    {
        public Vector128<float> Apply(Vector128<float> pixel, int x, int y)
        {
            var alpha = pixel[3];
            if (alpha == 0)
                return pixel;
            var luma = Tone.Luma(pixel) / alpha;
            return Tone.Add(pixel, strength * (Least + (1 - Least) * 4 * luma * (1 - luma)) * tile.At(x, y));
        }
    }
}
