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
        PixelKernel.RunPlaced(trail.Buffer, new Trail(new(small.Buffer), (small.Buffer.Width - 1) / 2f, (small.Buffer.Height - 1) / 2f));
        PixelKernel.RunPlaced(picture, new Lightest(trail.Enlarge(), call.Intensity));
    }

    readonly struct Trail(Sampler source, float middleX, float middleY) : IPlacedChange
    {
        public Vector128<float> Apply(Vector128<float> pixel, int x, int y)
        {
            var (light, zoom, lightest) = (1f, 1f, Vector128<float>.Zero);
            for (var copy = 0; copy < Copies; copy++)
            {
                light *= Decay;
                zoom /= Growth;
                lightest = Vector128.Max(lightest, source.At(middleX + (x - middleX) * zoom, middleY + (y - middleY) * zoom) * light);
            }

            return lightest;
        }
    }

    readonly struct Lightest(Shrunk.Enlarged trail, float intensity) : IPlacedChange
    {
        public Vector128<float> Apply(Vector128<float> pixel, int x, int y) => Vector128.Max(pixel, trail.At(x, y) * intensity);
    }
}
