using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Framelane.Rendering.Effects;
using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Transitions.Colors;

/// <summary>The first whitens until the middle, then the second comes out of it; what is transparent stays so.</summary>
sealed class DipToWhite : ITransition
{
    public string Name => "dip_to_white";

    public bool KeepsOpaque => true;

    public void Draw(PixelBuffer from, PixelBuffer to, double progress, PixelBuffer target) => PixelKernel.Mix(
        from, to, target, new Dip((float)Math.Max(0, 1 - 2 * progress), (float)Math.Max(0, 2 * progress - 1), (float)progress));

    readonly struct Dip(float first, float second, float progress) : IBlockMix
    {
        // Of premultiplied white, what is missing from the pictures' shares: alpha's own less these.
        readonly float whiteFrom = 1 - progress - first, whiteTo = progress - second;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<uint> Of(Vector256<uint> from, Vector256<uint> to, Place place)
        {
            var (a, b) = (Block.Unpack(from), Block.Unpack(to));
            var white = a.Alpha * whiteFrom + b.Alpha * whiteTo;
            return new Block(
                a.Blue * first + b.Blue * second + white, a.Green * first + b.Green * second + white, a.Red * first + b.Red * second + white,
                a.Alpha * (1 - progress) + b.Alpha * progress).Pack();
        }
    }
}
