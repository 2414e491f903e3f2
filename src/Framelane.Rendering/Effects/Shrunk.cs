using System.Runtime.CompilerServices;
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

    /// <param name="factor">1 to 16.</param>
    public static Shrunk Of(PixelBuffer picture, int factor, BufferPool pool)
    {
        var small = Empty(picture, factor, pool);
        PixelKernel.Fill(small.Buffer, new Mean(new(picture), factor));
        return small;
    }

    /// <summary>Read with the coordinates of the whole picture.</summary>
    public Enlarged Enlarge() => new(Buffer, Factor);

    public void Dispose() => lease.Dispose();

    readonly struct Mean(Sampler source, int factor) : IBlockFill
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<uint> At(Place place)
        {
            var (even, odd) = (Vector256<ushort>.Zero, Vector256<ushort>.Zero);
            var columns = place.Columns * factor;
            for (var down = 0; down < factor; down++)
            {
                for (var across = 0; across < factor; across++)
                {
                    // 16 bits hold the sum of 256 bytes.
                    var read = source.Pixels(columns + Vector256.Create(across), place.Row * factor + down);
                    even += Packed.Even(read);
                    odd += Packed.Odd(read);
                }
            }

            var (low, share) = (Vector256.Create(0xffffu), 1f / (255 * factor * factor));
            var sums = new Block(Floats(even.AsUInt32() & low), Floats(odd.AsUInt32() & low), Floats(even.AsUInt32() >>> 16), Floats(odd.AsUInt32() >>> 16));
            return (sums * share).Pack();
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector256<float> Floats(Vector256<uint> values) => Vector256.ConvertToSingle(values.AsInt32());
    }
}
