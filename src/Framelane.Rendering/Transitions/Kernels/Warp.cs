using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Framelane.Rendering.Effects;
using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Transitions.Kernels;

/// <summary>Where eight pixels are read from in both pictures. A struct whose method is marked to be inlined.</summary>
interface IWarp
{
    /// <param name="x">The middles of eight pixels, from the left.</param>
    /// <param name="y">From the top.</param>
    Bent At(Vector256<float> x, Vector256<float> y);
}

/// <param name="X">Pixels from the left, with <paramref name="Y"/> from the top.</param>
/// <param name="Share">Of the second picture, 0 to 1.</param>
/// <param name="Light">What colours are multiplied by.</param>
readonly record struct Bent(Vector256<float> X, Vector256<float> Y, Vector256<float> Share, Vector256<float> Light);

/// <summary>Bends both pictures alike while one dissolves into the other.</summary>
static class Warp
{
    public static void Draw<T>(PixelBuffer from, PixelBuffer to, PixelBuffer target, T warp)
        where T : struct, IWarp => PixelKernel.Fill(target, new Bending<T>(new(from), new(to), warp));

    // Not readonly: the warp would be copied for each call.
    struct Bending<T>(Sampler from, Sampler to, T warp) : IBlockFill
        where T : struct, IWarp
    {
        Sampler first = from, second = to;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<uint> At(Place place)
        {
            var bent = warp.At(place.X.Plus(0.5f), Vector256.Create(place.Row + 0.5f));
            var pixels = Mixed(bent.X.Plus(-0.5f), bent.Y.Plus(-0.5f), Packed.Weights(bent.Share));
            return bent.Light == Vector256<float>.One ? pixels : Packed.Lit(pixels, bent.Light);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        Vector256<uint> Mixed(Vector256<float> x, Vector256<float> y, Vector256<ushort> share)
        {
            var isFirst = share == Vector256<ushort>.Zero;
            if (!isFirst && share != Vector256.Create((ushort)Packed.One))
                return first.Mixed(second, x, y, share);
            ref var alone = ref isFirst ? ref first : ref second;
            return alone.PixelsAt(x, y);
        }
    }
}
