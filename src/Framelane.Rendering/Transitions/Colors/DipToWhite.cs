using System.Runtime.Intrinsics;
using Framelane.Rendering.Frames;
using Framelane.Rendering.Transitions.Kernels;

namespace Framelane.Rendering.Transitions.Colors;

/// <summary>The first whitens until the middle, then the second comes out of it; what is transparent stays so.</summary>
sealed class DipToWhite : ITransition
{
    public string Name => "dip_to_white";

    public bool KeepsOpaque => true;

    public void Draw(PixelBuffer from, PixelBuffer to, double progress, PixelBuffer target) => Pixels.Mix(
        from, to, target, new Dip((float)Math.Max(0, 1 - 2 * progress), (float)Math.Max(0, 2 * progress - 1), (float)progress));

    readonly struct Dip(float first, float second, float progress) : IPixelMix
    {
        readonly Vector128<float> from = Vector128.Create(first, first, first, 1 - progress), to = Vector128.Create(second, second, second, progress);

        // Of premultiplied white, what is missing from the pictures' shares: alpha's own less these.
        readonly Vector128<float> whiteFrom = Vector128.Create(1 - progress - first).WithElement(3, 0), whiteTo = Vector128.Create(progress - second).WithElement(3, 0);

        public Vector128<float> Of(Vector128<float> a, Vector128<float> b) =>
            a * from + b * to + Vector128.Shuffle(a, Alpha) * whiteFrom + Vector128.Shuffle(b, Alpha) * whiteTo;

        static Vector128<int> Alpha => Vector128.Create(3);
    }
}
