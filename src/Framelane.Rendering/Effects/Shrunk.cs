using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Effects;

/// <summary>A picture at a fraction of its size, for what is soft anyway: a pixel is the mean of a square of the source's.</summary>
sealed class Shrunk : IDisposable
{
    readonly BufferPool.Lease lease;

    Shrunk(BufferPool.Lease lease, int factor) => (this.lease, Factor) = (lease, factor);

    public PixelBuffer Buffer => lease.Buffer;

    public int Factor { get; }

    /// <summary>Of that picture's size over the factor, not filled.</summary>
    public static Shrunk Empty(PixelBuffer picture, int factor, BufferPool pool) =>
        new(pool.Rent((picture.Width + factor - 1) / factor, (picture.Height + factor - 1) / factor), factor);

    public static Shrunk Of(PixelBuffer picture, int factor, BufferPool pool)
    {
        var small = Empty(picture, factor, pool);
        var target = small.Buffer;
        Rows.ForEach(target.Height, y =>
        {
            var row = MemoryMarshal.Cast<byte, uint>(target.Row(y));
            var (top, bottom) = (y * factor, Math.Min(picture.Height, (y + 1) * factor));
            for (var x = 0; x < row.Length; x++)
                row[x] = Mean(picture, x * factor, Math.Min(picture.Width, (x + 1) * factor), top, bottom);
        });
        return small;
    }

    /// <summary>Read with the coordinates of the whole picture.</summary>
    public Enlarged Enlarge() => new(new(Buffer), Factor);

    public void Dispose() => lease.Dispose();

    static uint Mean(PixelBuffer picture, int left, int right, int top, int bottom)
    {
        var sum = Vector128<uint>.Zero;
        for (var y = top; y < bottom; y++)
        {
            foreach (var pixel in MemoryMarshal.Cast<byte, uint>(picture.Row(y))[left..right])
                sum += Vector128.WidenLower(Vector128.WidenLower(Vector128.CreateScalarUnsafe(pixel).AsByte()));
        }

        return PixelKernel.Pack(Vector128.ConvertToSingle(sum.AsInt32()) * (1f / (255 * (right - left) * (bottom - top))));
    }

    public readonly struct Enlarged(Sampler sampler, int factor)
    {
        readonly float scale = 1f / factor, offset = (1f / factor - 1) / 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector128<float> At(float x, float y) => sampler.At(x * scale + offset, y * scale + offset);
    }
}
