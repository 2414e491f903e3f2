using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Framelane.Rendering.Effects;
using Framelane.Rendering.Frames;
using Framelane.Rendering.Transitions.Kernels;

namespace Framelane.Rendering.Transitions.Warps;

/// <summary>The picture is wound up about its middle, becomes the other, and unwinds.</summary>
sealed class Swirl : ITransition
{
    // Turns, at the middle of picture and time.
    const double Tightest = 1.5;

    public string Name => "swirl";

    public bool KeepsOpaque => true;

    public void Draw(PixelBuffer from, PixelBuffer to, double progress, PixelBuffer target)
    {
        var wound = Tightest * Wide.Smooth(1 - Math.Abs(1 - 2 * progress));
        Warp.Draw(from, to, target, new Twist(target.Width / 2f, target.Height / 2f, (float)wound, (float)Wide.Smooth((progress - 0.35) / 0.3)));
    }

    readonly struct Twist(float middleX, float middleY, float wound, float share) : IWarp
    {
        readonly float perPixel = 1 / MathF.Sqrt(middleX * middleX + middleY * middleY);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Bent At(Vector256<float> x, Vector256<float> y)
        {
            var (across, down) = (x - Vector256.Create(middleX), y - Vector256.Create(middleY));
            var inside = Wide.Unit(Vector256<float>.One - Wide.Length(across, down) * perPixel);
            var (sin, cos) = Wide.SinCos(inside * inside * wound);
            return new(
                across * cos - down * sin + Vector256.Create(middleX), across * sin + down * cos + Vector256.Create(middleY),
                Vector256.Create(share), Vector256<float>.One);
        }
    }
}
