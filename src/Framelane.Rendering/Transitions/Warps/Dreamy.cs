using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Framelane.Rendering.Effects;
using Framelane.Rendering.Frames;
using Framelane.Rendering.Transitions.Kernels;

namespace Framelane.Rendering.Transitions.Warps;

/// <summary>A film's way into a dream: the picture begins to waver, brightens, dissolves into the other and comes to rest.</summary>
sealed class Dreamy : ITransition
{
    // Of the picture's height; waves across it; times round while it lasts.
    const float Widest = 0.035f, Waves = 3, Rounds = 2;

    const float Brightest = 0.25f;

    public string Name => "dreamy";

    public bool KeepsOpaque => true;

    public void Draw(PixelBuffer from, PixelBuffer to, double progress, PixelBuffer target) =>
        Warp.Draw(from, to, target, new Waver(target.Height, (float)progress));

    readonly struct Waver(float height, float progress) : IWarp
    {
        readonly float strength = MathF.Sin(MathF.PI * progress);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Bent At(Vector256<float> x, Vector256<float> y)
        {
            var (waves, time) = (Waves / height, Rounds * progress);
            var reach = Widest * height * strength * Math.Min(1, 8 * Math.Min(progress, 1 - progress));
            return new(
                x + Wide.SinCos((y * waves).Plus(time)).Sin * reach,
                y + Wide.SinCos((x * waves).Plus(time)).Sin * (reach / 2),
                Vector256.Create((float)Wide.Smooth(progress)),
                Vector256.Create(1 + Brightest * strength));
        }
    }
}
