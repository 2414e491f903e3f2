using System.Runtime.Intrinsics;
using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Effects.Color;

/// <summary>An image intensifier: little light amplified, on green phosphor, with the sparkle of single electrons, seen in a round tube.</summary>
sealed class NightVision : IEffect
{
    // Blue, green, red of the phosphor.
    static readonly Vector128<float> Phosphor = Vector128.Create(0.22f, 1f, 0.2f, 0);

    const float Sparkle = 0.09f;

    public string Name => "night_vision";

    public void Apply(PixelBuffer picture, in EffectCall call) => PixelKernel.RunPlaced(picture, new Tube(picture, call));

    readonly struct Tube(PixelBuffer picture, in EffectCall call) : IPlacedChange
    {
        // Wide pictures are seen in a wide tube, so that their sides are not lost.
        readonly float acrossStep = 2f / (0.35f * picture.Height + 0.65f * picture.Width), downStep = 2f / picture.Height;
        readonly float middleX = (picture.Width - 1) / 2f, middleY = (picture.Height - 1) / 2f, intensity = call.Intensity;
        readonly GrainTile tile = new(call.Seed, Math.Min(picture.Width, picture.Height));

        public Vector128<float> Apply(Vector128<float> pixel, int x, int y)
        {
            var alpha = pixel[3];
            if (alpha == 0)
                return pixel;
            // The root lifts what is dark, the rest holds what is bright.
            var luma = Math.Max(0, Tone.Luma(pixel) / alpha);
            var gained = MathF.Sqrt(luma) * 0.85f + luma * 0.15f + Sparkle * tile.At(x, y);
            var (across, down) = ((x - middleX) * acrossStep, (y - middleY) * downStep);
            var tube = 1 - Tone.Step(0.72f, 1.12f, MathF.Sqrt(across * across + down * down));
            // The brightest burns out towards white.
            var burnt = Math.Max(0, gained - 0.85f) * 2;
            var green = (Phosphor * gained + Vector128.Create(burnt, 0, burnt, 0)) * (tube * alpha);
            return PixelKernel.Mix(pixel, green, intensity).WithElement(3, alpha);
        }
    }
}
