using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Effects.Lens;

/// <summary>The picture as its own map: where its softened red is above the middle a pixel comes from the left, below it from the right; green does so for up and down.</summary>
sealed class DisplacementMap : IEffect
{
    // Of the shorter side: the way at a channel's either end, and the map's softness.
    const float Farthest = 0.06f, Softness = 0.012f;

    const int MapFactor = 8;

    public string Name => "displacement_map";

    public void Apply(PixelBuffer picture, in EffectCall call)
    {
        var side = Math.Min(picture.Width, picture.Height);
        using var copy = call.Pool.RentCopy(picture);
        using var map = Shrunk.Of(picture, MapFactor, call.Pool);
        BoxBlur.Soften(map.Buffer, Softness * side / MapFactor, call.Pool);
        PixelKernel.RunBlocks(map.Buffer, new Ways());
        PixelKernel.Fill(picture, new Displaced(new(copy.Buffer), map.Enlarge(), 2 * Farthest * side * call.Intensity));
    }

    /// <summary>Puts the ways across and down into red and blue, as a colour about the middle; what is transparent moves nothing.</summary>
    readonly struct Ways : IBlockChange
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Block Apply(Block pixels, Place place)
        {
            var middle = (pixels.Alpha * -0.5f).Plus(0.5f);
            return new(pixels.Green + middle, pixels.Green, pixels.Red + middle, Vector256<float>.One);
        }
    }

    readonly struct Displaced(Sampler source, Enlarged map, float way) : IBlockFill
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<uint> At(Place place)
        {
            var ways = map.At(place);
            return source.PixelsAt(place.X - ways.Red.Plus(-0.5f) * way, (ways.Blue.Plus(-0.5f) * -way).Plus(place.Row));
        }
    }
}
