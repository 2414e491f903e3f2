using System.Runtime.Intrinsics;
using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Effects;

/// <summary>The mean of a square about each pixel, by sums that run down columns: as fast for every radius.</summary>
/// <remarks>What was run down is written turned, so that doing it twice is both ways.</remarks>
static unsafe class BoxBlur
{
    /// <param name="radius">Pixels to either side; of a part of one that much counts.</param>
    public static void Blur(PixelBuffer picture, float radius, BufferPool pool)
    {
        if (radius <= 0)
            return;
        using var turned = pool.Rent(picture.Height, picture.Width);
        Down(picture, turned.Buffer, radius);
        Down(turned.Buffer, picture, radius);
    }

    /// <summary>About a Gauss's blur: three squares after each other have nearly its shape.</summary>
    /// <param name="deviation">Pixels.</param>
    /// <param name="passes">Fewer where it is seen for a moment, or small.</param>
    public static void Soften(PixelBuffer picture, float deviation, BufferPool pool, int passes = 3)
    {
        // A square's variance is ((2r + 1)² − 1) / 12.
        var radius = (MathF.Sqrt(12 * deviation * deviation / passes + 1) - 1) / 2;
        for (var pass = 0; pass < passes; pass++)
            Blur(picture, radius, pool);
    }

    static void Down(PixelBuffer from, PixelBuffer to, float radius) =>
        Rows.ForEach((from.Width + Block.Width - 1) / Block.Width, strip => Down(from, to, strip * Block.Width, radius));

    static void Down(PixelBuffer from, PixelBuffer to, int left, float radius)
    {
        var (whole, part, share, last) = ((int)radius, radius - (int)radius, 1 / (2 * radius + 1), from.Height - 1);
        var (source, columns) = (new Sampler(from), Vector256.Create(left) + Wide.Places);
        var sum = default(Block);
        for (var y = -whole; y <= whole; y++)
            sum += Block.Unpack(source.Pixels(columns, y));
        var before = Block.Unpack(source.Pixels(columns, -whole - 1));
        var turned = (uint*)to.Address + (nint)left * to.Width;
        var count = Math.Min(Block.Width, from.Width - left);
        var means = stackalloc uint[Block.Width];
        for (var y = 0; y <= last; y++)
        {
            var after = Block.Unpack(source.Pixels(columns, y + whole + 1));
            ((sum + before * part).AddScaled(after, part) * share).Pack().Store(means);
            for (var i = 0; i < count; i++)
                turned[i * to.Width + y] = means[i];
            before = Block.Unpack(source.Pixels(columns, y - whole));
            sum = (sum + after).AddScaled(before, -1);
        }
    }
}
