using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Effects.Lens;

/// <summary>The mean of a disc about each pixel, in light and not in encoded values, so that what is bright becomes a bright disc.</summary>
/// <remarks>Light is taken as the square of the encoded value. A disc is a stack of rows, and a row the difference of two running sums.</remarks>
static class DiscBlur
{
    // Pixels; larger ones are drawn at a half or a third of the size, whose softness they hide.
    const float LargestSharp = 4, LargestHalved = 12;

    // Of a pixel: rows that are this much short of a whole number are lengthened to it, which keeps the disc's area.
    const float Rounding = 0.25f;

    // Pixels whose sums stay in the processor's nearest cache.
    const int Strip = 64;

    // Rows that one core blurs; the sums of those about them are made twice.
    const int Band = 64;

    /// <param name="radius">Pixels.</param>
    public static Shrunk Of(PixelBuffer picture, float radius, BufferPool pool)
    {
        var factor = radius > LargestHalved ? 3 : radius > LargestSharp ? 2 : 1;
        using var source = Shrunk.Of(picture, factor, pool);
        var blurred = Shrunk.Empty(picture, factor, pool);
        Blur(source.Buffer, blurred.Buffer, radius / factor);
        return blurred;
    }

    static void Blur(PixelBuffer source, PixelBuffer target, float radius)
    {
        var (width, height, reach) = (source.Width, source.Height, (int)(radius + Rounding));
        var half = new int[reach + 1];
        for (var y = 0; y <= reach; y++)
            half[y] = (int)(MathF.Sqrt(Math.Max(0, radius * radius - y * y)) + Rounding);
        var count = half[0] * 2 + 1 + half.Skip(1).Sum(each => 2 * (2 * each + 1));

        // A row's sums, with the outermost pixels repeated beyond either end. Of the rows about the one that is blurred, the latest takes the oldest's place.
        var (length, kept) = (width + 2 * reach + 2, 2 * reach + 1);
        Rows.InBands(height, Band, (top, bottom) =>
        {
            var sums = ArrayPool<Vector128<int>>.Shared.Rent(length * kept + Strip);
            ref int Pairs(int at) => ref Unsafe.As<Vector128<int>, int>(ref sums[at]);
            Span<Vector256<int>> all = stackalloc Vector256<int>[Strip / 2];
            var next = Math.Max(0, top - reach);
            for (var y = top; y < bottom; y++)
            {
                for (; next <= Math.Min(y + reach, height - 1); next++)
                    Sum(MemoryMarshal.Cast<byte, uint>(source.Row(next)), sums.AsSpan(next % kept * length, length), reach);
                var row = MemoryMarshal.Cast<byte, uint>(target.Row(y));
                for (var left = 0; left < width; left += Strip)
                {
                    // Two pixels at once; what lies beyond the edge is not kept.
                    all.Clear();
                    for (var down = -reach; down <= reach; down++)
                    {
                        var (line, wide) = (Math.Clamp(y + down, 0, height - 1) % kept * length + left + reach, half[Math.Abs(down)]);
                        ref var before = ref Pairs(line - wide);
                        ref var until = ref Pairs(line + wide + 1);
                        for (var x = 0; x < all.Length; x++)
                            all[x] += Vector256.LoadUnsafe(ref until, (nuint)(8 * x)) - Vector256.LoadUnsafe(ref before, (nuint)(8 * x));
                    }

                    for (var x = 0; x < Math.Min(Strip, width - left); x++)
                        row[left + x] = Encode(x % 2 == 0 ? all[x / 2].GetLower() : all[x / 2].GetUpper(), 1f / (255 * 255 * count));
                }
            }

            ArrayPool<Vector128<int>>.Shared.Return(sums);
        });
    }

    static void Sum(ReadOnlySpan<uint> row, Span<Vector128<int>> sums, int reach)
    {
        var sum = sums[0] = Vector128<int>.Zero;
        for (var x = 1; x < sums.Length; x++)
        {
            var pixel = Vector128.WidenLower(Vector128.WidenLower(Vector128.CreateScalarUnsafe(row[Math.Clamp(x - 1 - reach, 0, row.Length - 1)]).AsByte())).AsInt32();
            // Light, but for alpha, which has no encoding.
            sums[x] = sum += pixel * pixel.WithElement(3, 255);
        }
    }

    static uint Encode(Vector128<int> sum, float share)
    {
        var light = Vector128.ConvertToSingle(sum) * share;
        return PixelKernel.Pack(Vector128.Sqrt(light).WithElement(3, light[3]));
    }
}
