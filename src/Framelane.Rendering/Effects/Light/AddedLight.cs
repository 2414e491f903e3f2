using System.Runtime.Intrinsics;
using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Effects.Light;

/// <summary>Soft light that is computed for a point.</summary>
interface ILight
{
    /// <param name="x">In shorter sides from the middle, to the right; <paramref name="y"/> downwards.</param>
    /// <returns>Blue, green, red, 0 to 1.</returns>
    Vector128<float> At(float x, float y);
}

/// <summary>Lays light over a picture; it is computed for every fourth pixel each way, which its softness allows.</summary>
static class AddedLight
{
    const int Factor = 4;

    public static void Screen<T>(PixelBuffer picture, T light, in EffectCall call)
        where T : struct, ILight
    {
        using var small = Shrunk.Empty(picture, Factor, call.Pool);
        PixelKernel.RunPlaced(small.Buffer, new Shining<T>(light, picture));
        PixelKernel.RunPlaced(picture, new Lit(small.Enlarge(), call.Intensity));
    }

    readonly struct Shining<T>(T light, PixelBuffer picture) : IPlacedChange
        where T : struct, ILight
    {
        readonly float unit = 1f / Math.Min(picture.Width, picture.Height), middleX = picture.Width / 2f, middleY = picture.Height / 2f;

        public Vector128<float> Apply(Vector128<float> pixel, int x, int y) =>
            light.At(((x + 0.5f) * Factor - middleX) * unit, ((y + 0.5f) * Factor - middleY) * unit).WithElement(3, 1);
    }

    readonly struct Lit(Shrunk.Enlarged light, float intensity) : IPlacedChange
    {
        public Vector128<float> Apply(Vector128<float> pixel, int x, int y) => Tone.Screen(pixel, (light.At(x, y) * intensity).WithElement(3, 0));
    }
}
