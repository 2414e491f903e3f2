using System.Runtime.Intrinsics;
using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Effects.Lens;

/// <summary>The picture as its own map: where its softened red is above the middle a pixel comes from the left, below it from the right; green does so for up and down.</summary>
sealed class DisplacementMap : IEffect
{
    // Of the shorter side: the way at a channel's either end, and the map's softness.
    const float Farthest = 0.08f, Softness = 0.012f;

    const int MapFactor = 4;

    public string Name => "displacement_map";

    public void Apply(PixelBuffer picture, in EffectCall call)
    {
        var side = Math.Min(picture.Width, picture.Height);
        using var copy = call.Pool.RentCopy(picture);
        using var small = Shrunk.Of(picture, MapFactor, call.Pool);
        using var map = Shrunk.Empty(picture, MapFactor, call.Pool);
        Blurring.Draw(small.Buffer, map.Buffer, Softness * side / MapFactor);
        PixelKernel.RunPlaced(picture, new Displaced(new(copy.Buffer), map.Enlarge(), 2 * Farthest * side * call.Intensity));
    }

    readonly struct Displaced(Sampler source, Shrunk.Enlarged map, float way) : IPlacedChange
    {
        public Vector128<float> Apply(Vector128<float> pixel, int x, int y)
        {
            // What is transparent moves nothing.
            var at = map.At(x, y);
            var middle = at[3] / 2;
            return source.At(x - way * (at[2] - middle), y - way * (at[1] - middle));
        }
    }
}
