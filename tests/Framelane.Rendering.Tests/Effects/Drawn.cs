using Framelane.Rendering.Effects;
using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Tests.Effects;

/// <summary>An effect applied to a picture by itself, at the time and seeds that a test says.</summary>
static class Drawn
{
    /// <returns>The changed copy.</returns>
    public static PixelBuffer Effect(string name, PixelBuffer source, float intensity = 1, double time = 1.3, uint seed = 7, uint steady = 11)
    {
        using var pool = new BufferPool();
        var drawn = new PixelBuffer(source.Width, source.Height);
        source.Bytes.CopyTo(drawn.Bytes);
        EffectRegistry.Find(name)!.Apply(drawn, new(intensity, time, seed, steady, Chroma: null, pool));
        return drawn;
    }

    /// <summary>The root of the mean square of the difference: what changes little of a picture much counts.</summary>
    public static double Distance(PixelBuffer one, PixelBuffer other)
    {
        var (a, b) = (one.Bytes.ToArray(), other.Bytes.ToArray());
        return Math.Sqrt(a.Zip(b, (first, second) => Math.Pow(first - second, 2)).Average());
    }

    /// <summary>The mean difference of two pictures' bytes.</summary>
    public static double MeanDifference(PixelBuffer one, PixelBuffer other)
    {
        var (a, b) = (one.Bytes.ToArray(), other.Bytes.ToArray());
        var sum = 0L;
        for (var i = 0; i < a.Length; i++)
            sum += Math.Abs(a[i] - b[i]);
        return (double)sum / a.Length;
    }
}
