using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Effects.Signal;

/// <summary>Copies that trail behind the picture, each larger and fainter; the lightest wins, as where frames are echoed.</summary>
/// <remarks>Made of this frame alone: as if the camera had moved back, each copy is what would have been seen a moment ago.</remarks>
sealed class Echo : IEffect
{
    const int Copies = 4, Factor = 2;

    // How much larger each copy is than the one before it, and what is left of its light.
    const float Growth = 1.08f, Decay = 0.78f;

    public string Name => "echo";

    public void Apply(PixelBuffer picture, in EffectCall call)
    {
        using var small = Shrunk.Of(picture, Factor, call.Pool);
        using var trail = Shrunk.Empty(picture, Factor, call.Pool);
        PixelKernel.Fill(trail.Buffer, new Trail(new(small.Buffer), (small.Buffer.Width - 1) / 2f, (small.Buffer.Height - 1) / 2f));
        PixelKernel.RunPacked(picture, new Lightest(trail.Enlarge(), Packed.Weights(Vector256.Create(call.Intensity))));
    }

    readonly struct Trail(Sampler source, float middleX, float middleY) : IBlockFill
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<uint> At(Place place)
        {
            var (light, zoom, lightest) = (1f, 1f, Vector256<uint>.Zero);
            for (var copy = 0; copy < Copies; copy++)
            {
                light *= Decay;
                zoom /= Growth;
                var seen = source.PixelsAt((place.X.Plus(-middleX) * zoom).Plus(middleX), middleY + (place.Row - middleY) * zoom);
                lightest = Packed.Max(lightest, Packed.Dim(seen, Packed.Weights(Vector256.Create(light))));
            }

            return lightest;
        }
    }

    readonly struct Lightest(Enlarged trail, Vector256<ushort> intensity) : IPackedChange
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<uint> Apply(Vector256<uint> pixels, Place place) => Packed.Max(pixels, Packed.Dim(trail.PixelsAt(place), intensity));
    }
}
