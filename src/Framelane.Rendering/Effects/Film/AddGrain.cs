using System.Runtime.CompilerServices;
using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Effects.Film;

/// <summary>Film grain: clumps of a pixel or two, strongest in the middle tones and weak in blacks and whites; another way each frame.</summary>
sealed class AddGrain : IEffect
{
    // The deviation in the middle tones, and how much of it is left in black and white.
    const float Strongest = 0.13f, Least = 0.25f;

    public string Name => "add_grain";

    public void Apply(PixelBuffer picture, in EffectCall call) =>
        PixelKernel.RunBlocks(picture, new Specks(new(call.Seed, Math.Min(picture.Width, picture.Height)), call.Intensity * Strongest));

    readonly struct Specks(GrainTile tile, float strength) : IBlockChange
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Block Apply(Block pixels, Place place)
        {
            var luma = pixels.Luma * pixels.Unalpha;
            var share = (luma * luma.From(1) * (4 * (1 - Least))).Plus(Least);
            return pixels.Add(share * tile.At(place) * strength);
        }
    }
}
