using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Effects;

/// <summary>The mean of a square about each pixel, by sums that run along rows and then columns: as fast for every radius.</summary>
static class BoxBlur
{
    // As many pixels as a line of the processor's cache.
    const int Strip = 16;

    /// <param name="radius">Pixels to either side; of a part of one that much counts.</param>
    public static void Blur(PixelBuffer picture, float radius, BufferPool pool)
    {
        if (radius <= 0)
            return;
        using var lease = pool.Rent(picture.Width, picture.Height);
        var across = lease.Buffer;
        var window = new Window(radius);
        Rows.ForEach(picture.Height, y => Along(MemoryMarshal.Cast<byte, uint>(picture.Row(y)), MemoryMarshal.Cast<byte, uint>(across.Row(y)), window));
        Rows.ForEach((picture.Width + Strip - 1) / Strip, strip => Down(across, picture, strip * Strip, Math.Min(picture.Width, (strip + 1) * Strip), window));
    }

    static void Along(ReadOnlySpan<uint> from, Span<uint> to, Window window)
    {
        var (whole, last) = (window.Whole, from.Length - 1);
        var sum = Vector128<float>.Zero;
        for (var x = -whole; x <= whole; x++)
            sum += PixelKernel.Unpack(from[Math.Clamp(x, 0, last)]);
        for (var x = 0; x < to.Length; x++)
        {
            var (before, after) = (PixelKernel.Unpack(from[Math.Max(0, x - whole - 1)]), PixelKernel.Unpack(from[Math.Min(last, x + whole + 1)]));
            to[x] = PixelKernel.Pack((sum + (before + after) * window.Part) * window.Share);
            sum += after - PixelKernel.Unpack(from[Math.Max(0, x - whole)]);
        }
    }

    static void Down(PixelBuffer from, PixelBuffer to, int left, int right, Window window)
    {
        var (whole, last) = (window.Whole, from.Height - 1);
        Span<Vector128<float>> sums = stackalloc Vector128<float>[Strip];
        ReadOnlySpan<uint> Row(int y) => MemoryMarshal.Cast<byte, uint>(from.Row(Math.Clamp(y, 0, last)))[left..right];
        for (var y = -whole; y <= whole; y++)
        {
            var row = Row(y);
            for (var x = 0; x < row.Length; x++)
                sums[x] += PixelKernel.Unpack(row[x]);
        }

        for (var y = 0; y <= last; y++)
        {
            var before = Row(y - whole - 1);
            var first = Row(y - whole);
            var after = Row(y + whole + 1);
            var target = MemoryMarshal.Cast<byte, uint>(to.Row(y))[left..right];
            for (var x = 0; x < target.Length; x++)
            {
                var next = PixelKernel.Unpack(after[x]);
                target[x] = PixelKernel.Pack((sums[x] + (PixelKernel.Unpack(before[x]) + next) * window.Part) * window.Share);
                sums[x] += next - PixelKernel.Unpack(first[x]);
            }
        }
    }

    readonly struct Window(float radius)
    {
        public int Whole { get; } = (int)radius;

        public float Part { get; } = radius - (int)radius;

        public float Share { get; } = 1 / (2 * radius + 1);
    }
}
