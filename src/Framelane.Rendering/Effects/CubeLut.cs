using System.Runtime.Intrinsics;
using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Effects;

/// <summary>A three-dimensional table of colours, read trilinearly.</summary>
public sealed class CubeLut
{
    /// <summary>Entries a side, at most.</summary>
    public const int MaxSize = 65;

    readonly int size;
    readonly Vector128<float>[] entries;
    readonly Vector128<float> scale, offset;

    /// <param name="entries">Blue, green, red; red changes fastest.</param>
    /// <param name="lowest">The colour, in blue, green, red, that the first entry stands for.</param>
    internal CubeLut(int size, Vector128<float>[] entries, Vector128<float> lowest, Vector128<float> highest)
    {
        (this.size, this.entries) = (size, entries);
        scale = Vector128.Create(size - 1f) / (highest - lowest);
        offset = lowest * scale;
    }

    /// <param name="intensity">0 to 1.</param>
    internal void Apply(PixelBuffer picture, double intensity) => PixelKernel.Run(picture, new LookUp(this, (float)intensity));

    /// <param name="color">Blue, green, red, not premultiplied.</param>
    internal Vector128<float> At(Vector128<float> color)
    {
        var place = Vector128.Min(Vector128.Max(color * scale - offset, Vector128<float>.Zero), Vector128.Create(size - 1f));
        var floor = Vector128.Min(Vector128.Floor(place), Vector128.Create(Math.Max(0, size - 2f)));
        var share = place - floor;
        var (b, g, r) = ((int)floor[0], (int)floor[1], (int)floor[2]);
        var first = (b * size + g) * size + r;
        return PixelKernel.Mix(Plane(first, share), Plane(first + size * size, share), share[0]);
    }

    Vector128<float> Plane(int first, Vector128<float> share) => PixelKernel.Mix(
        PixelKernel.Mix(entries[first], entries[first + 1], share[2]),
        PixelKernel.Mix(entries[first + size], entries[first + size + 1], share[2]),
        share[1]);

    readonly struct LookUp(CubeLut lut, float intensity) : IPixelChange
    {
        public Vector128<float> Apply(Vector128<float> pixel)
        {
            var alpha = pixel[3];
            return alpha == 0 ? pixel : PixelKernel.Mix(pixel, lut.At(pixel * (1 / alpha)) * alpha, intensity).WithElement(3, alpha);
        }
    }
}
