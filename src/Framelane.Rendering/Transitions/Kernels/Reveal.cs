using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Framelane.Rendering.Effects;
using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Transitions.Kernels;

/// <summary>Uncovers the second picture in a shape, without moving either.</summary>
static class Reveal
{
    public static void Draw<T>(PixelBuffer from, PixelBuffer to, double progress, PixelBuffer target, T shape)
        where T : struct, IShape => PixelKernel.Mix(from, to, target, new Uncovering<T>(shape, (float)progress));

    // Not readonly: the shape would be copied for each call.
    struct Uncovering<T>(T shape, float progress) : IBlockMix
        where T : struct, IShape
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<uint> Of(Vector256<uint> from, Vector256<uint> to, Place place) =>
            Packed.Mix(from, to, Packed.Weights(Wide.Unit(shape.At(place.X.Plus(0.5f), Vector256.Create(place.Row + 0.5f)).Passed(progress))));
    }
}
