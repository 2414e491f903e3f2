using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Framelane.Rendering.Effects;
using Framelane.Rendering.Frames;
using Framelane.Rendering.Transitions.Kernels;

namespace Framelane.Rendering.Transitions.Warps;

/// <summary>A drop falls into the middle: rings run outwards, bend the picture like water, and leave the second one behind them.</summary>
sealed class WaterDrop : ITransition
{
    // Of the way from the middle to a corner: from ring to ring, how far behind the front they have died down, and how far they bend.
    const float Ring = 0.11f, Wake = 0.5f, Highest = 0.025f;

    const float Gleam = 0.3f;

    public string Name => "water_drop";

    public bool KeepsOpaque => true;

    public void Draw(PixelBuffer from, PixelBuffer to, double progress, PixelBuffer target) =>
        Warp.Draw(from, to, target, new Ripple(target.Width / 2f, target.Height / 2f, (float)progress));

    readonly struct Ripple(float middleX, float middleY, float progress) : IWarp
    {
        readonly float reach = MathF.Sqrt(middleX * middleX + middleY * middleY);

        // Both ends are still: before the drop falls, and when the last ring is beyond the corners.
        readonly float front = progress * (1 + Wake);
        readonly float strength = Math.Min(1, Math.Min(progress, 1 - progress) * 6);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Bent At(Vector256<float> x, Vector256<float> y)
        {
            var (across, down) = (x - Vector256.Create(middleX), y - Vector256.Create(middleY));
            var distance = Wide.Length(across, down) + Vector256.Create(1e-3f);
            var behind = (Vector256.Create(front) - distance * (1 / reach)) * (1 / Wake);
            var height = Wide.Smooth(behind * 5) * Wide.Smooth(Vector256<float>.One - behind) * strength;
            var (sin, cos) = Wide.SinCos(behind * (Wake / Ring));
            var moved = sin * height * (Highest * reach) / distance;
            return new(
                x + across * moved, y + down * moved,
                Wide.Smooth(behind * 2 - Vector256.Create(0.3f)),
                Vector256<float>.One + cos * height * Gleam);
        }
    }
}
