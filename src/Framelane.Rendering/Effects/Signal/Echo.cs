using System.Runtime.CompilerServices;
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
        PixelKernel.RunBlocks(trail.Buffer, new Trail(new(small.Buffer), (small.Buffer.Width - 1) / 2f, (small.Buffer.Height - 1) / 2f));
        PixelKernel.RunBlocks(picture, new Lightest(trail.Enlarge(), call.Intensity));
    }

    readonly struct Trail(Sampler source, float middleX, float middleY) : IBlockChange
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Block Apply(Block pixels, Place place)
        {
            var (light, zoom, lightest) = (1f, 1f, default(Block));
            for (var copy = 0; copy < Copies; copy++)
            {
                light *= Decay;
                zoom /= Growth;
                lightest = Block.Max(lightest, source.At((place.X.Plus(-middleX) * zoom).Plus(middleX), middleY + (place.Row - middleY) * zoom) * light);
            }

            return lightest;
        }
    }

    readonly struct Lightest(Enlarged trail, float intensity) : IBlockChange
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Block Apply(Block pixels, Place place) => Block.Max(pixels, trail.At(place) * intensity);
    }
}
