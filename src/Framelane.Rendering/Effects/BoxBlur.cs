using System.Runtime.CompilerServices;
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
        var (whole, part, height) = ((int)radius, radius - (int)radius, from.Height);
        var (scale, strip) = (Vector256.Create(1 / (2 * radius + 1)), new Strip(from, left));
        var sum = default(Sums);
        for (var y = -whole; y <= whole; y++)
            sum += strip.At(y);
        var before = strip.At(-whole - 1);
        var square = stackalloc uint[Block.Width * Block.Width];
        for (var top = 0; top < height; top += Block.Width)
        {
            var rows = Math.Min(Block.Width, height - top);
            for (var row = 0; row < rows; row++)
            {
                var y = top + row;
                var after = strip.At(y + whole + 1);
                (part > 0 ? sum.Mean(before + after, part, scale) : sum.Mean(scale)).Store(square + row * Block.Width);
                before = strip.At(y - whole);
                sum = sum + after - before;
            }

            for (var i = 0; i < strip.Count; i++)
                Turn(square + i, rows, (uint*)to.Address + (nint)(left + i) * to.Width + top);
        }
    }

    /// <summary>A column of a block of rows becomes a part of a row.</summary>
    static void Turn(uint* column, int rows, uint* target)
    {
        if (rows == Block.Width)
            Wide.Gather(column, Wide.Places * Block.Width).Store(target);
        else
            for (var row = 0; row < rows; row++)
                target[row] = column[row * Block.Width];
    }

    /// <summary>Eight columns, of which the last ones may lie beyond the edge.</summary>
    readonly struct Strip(PixelBuffer picture, int left)
    {
        readonly uint* pixels = (uint*)picture.Address + left;
        readonly Vector256<int> columns = Wide.Clamp(Wide.Places, picture.Width - 1 - left);
        readonly int width = picture.Width, bottom = picture.Height - 1;

        public int Count { get; } = Math.Min(Block.Width, picture.Width - left);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Sums At(int y)
        {
            var row = pixels + (nint)Math.Clamp(y, 0, bottom) * width;
            return new((Count == Block.Width ? Vector256.Load(row) : Wide.Gather(row, columns)).AsInt32());
        }
    }

    /// <summary>Of eight pixels' bytes, whole numbers: what goes in and out again leaves nothing.</summary>
    readonly struct Sums
    {
        readonly Vector256<int> blue, green, red, alpha;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Sums(Vector256<int> pixels)
        {
            var low = Vector256.Create(0xff);
            (blue, green, red, alpha) = (pixels & low, pixels >>> 8 & low, pixels >>> 16 & low, pixels >>> 24);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        Sums(Vector256<int> blue, Vector256<int> green, Vector256<int> red, Vector256<int> alpha) => (this.blue, this.green, this.red, this.alpha) = (blue, green, red, alpha);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Sums operator +(in Sums left, in Sums right) => new(left.blue + right.blue, left.green + right.green, left.red + right.red, left.alpha + right.alpha);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Sums operator -(in Sums left, in Sums right) => new(left.blue - right.blue, left.green - right.green, left.red - right.red, left.alpha - right.alpha);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<uint> Mean(Vector256<float> scale) => Join(blue.Float() * scale, green.Float() * scale, red.Float() * scale, alpha.Float() * scale);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<uint> Mean(in Sums ends, float part, Vector256<float> scale) => Join(
            (blue.Float() + ends.blue.Float() * part) * scale, (green.Float() + ends.green.Float() * part) * scale,
            (red.Float() + ends.red.Float() * part) * scale, (alpha.Float() + ends.alpha.Float() * part) * scale);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector256<uint> Join(Vector256<float> blue, Vector256<float> green, Vector256<float> red, Vector256<float> alpha)
        {
            var half = Vector256.Create(0.5f);
            return ((blue + half).Whole() | (green + half).Whole() << 8 | (red + half).Whole() << 16 | (alpha + half).Whole() << 24).AsUInt32();
        }
    }
}
