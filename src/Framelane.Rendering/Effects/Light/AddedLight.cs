using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Effects.Light;

/// <summary>Soft light that is computed for a point.</summary>
interface ILight
{
    /// <param name="x">In shorter sides from the middle, to the right; <paramref name="y"/> downwards.</param>
    /// <returns>0 to 1, opaque.</returns>
    Block At(Vector256<float> x, float y);
}

/// <summary>Lays light over a picture; it is computed for every fourth pixel each way, which its softness allows.</summary>
static class AddedLight
{
    const int Factor = 4;

    public static void Screen<T>(PixelBuffer picture, T light, in EffectCall call)
        where T : struct, ILight
    {
        using var small = Shrunk.Empty(picture, Factor, call.Pool);
        PixelKernel.RunBlocks(small.Buffer, new Shining<T>(light, picture));
        PixelKernel.RunPacked(picture, new Lit(small.Enlarge(), Packed.Weights(Vector256.Create(call.Intensity))));
    }

    // Not readonly: the light would be copied for each call.
    struct Shining<T>(T light, PixelBuffer picture) : IBlockChange
        where T : struct, ILight
    {
        readonly float unit = 1f / Math.Min(picture.Width, picture.Height), middleX = picture.Width / 2f, middleY = picture.Height / 2f;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Block Apply(Block pixels, Place place) =>
            light.At((place.X.Plus(0.5f) * Factor).Plus(-middleX) * unit, ((place.Row + 0.5f) * Factor - middleY) * unit);
    }

    readonly struct Lit(Enlarged light, Vector256<ushort> intensity) : IPackedChange
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<uint> Apply(Vector256<uint> pixels, Place place) => Packed.Screen(pixels, Packed.Dim(light.PixelsAt(place), intensity), Packed.Alpha(pixels));
    }
}
