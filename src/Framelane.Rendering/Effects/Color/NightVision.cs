using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Effects.Color;

/// <summary>An image intensifier: little light amplified, on green phosphor, with the sparkle of single electrons, seen in a round tube.</summary>
sealed class NightVision : IEffect
{
    // Of the phosphor, beside its green.
    const float Blue = 0.22f, Red = 0.2f;

    const float Sparkle = 0.09f;

    public string Name => "night_vision";

    public void Apply(PixelBuffer picture, in EffectCall call) => PixelKernel.RunBlocks(picture, new Tube(picture, call));

    readonly struct Tube(PixelBuffer picture, in EffectCall call) : IBlockChange
    {
        // Wide pictures are seen in a wide tube, so that their sides are not lost.
        readonly float acrossStep = 2f / (0.35f * picture.Height + 0.65f * picture.Width), downStep = 2f / picture.Height;
        readonly float middleX = (picture.Width - 1) / 2f, middleY = (picture.Height - 1) / 2f, intensity = call.Intensity;
        readonly GrainTile tile = new(call.Seed, Math.Min(picture.Width, picture.Height));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Block Apply(Block pixels, Place place)
        {
            // The root lifts what is dark, the rest holds what is bright.
            var luma = pixels.Luma * pixels.Unalpha;
            var gained = Vector256.Sqrt(luma) * 0.85f + luma * 0.15f + tile.At(place) * Sparkle;
            var (across, down) = (place.X.Plus(-middleX) * acrossStep, (place.Row - middleY) * downStep);
            var tube = Wide.Step(0.72f, 1.12f, Vector256.Sqrt((across * across).Plus(down * down))).From(1) * pixels.Alpha;
            // The brightest burns out towards white.
            var burnt = Vector256.Max(gained.Plus(-0.85f), Vector256<float>.Zero) * 2;
            return pixels.Mix(new((gained * Blue + burnt) * tube, gained * tube, (gained * Red + burnt) * tube, pixels.Alpha), intensity);
        }
    }
}
