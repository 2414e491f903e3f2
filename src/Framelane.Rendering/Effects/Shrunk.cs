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
        PixelKernel.RunBlocks(small.Buffer, new Mean(new(picture), factor));
        return small;
    }

    /// <summary>Read with the coordinates of the whole picture.</summary>
    public Enlarged Enlarge() => new(new(Buffer), Factor);

    public void Dispose() => lease.Dispose();

    readonly struct Mean(Sampler source, int factor) : IBlockChange
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Block Apply(Block pixels, Place place)
        {
            var (even, odd) = (Vector256<uint>.Zero, Vector256<uint>.Zero);
            var (columns, mask) = (place.Columns * factor, Vector256.Create(0x00ff00ffu));
            for (var down = 0; down < factor; down++)
            {
                for (var across = 0; across < factor; across++)
                {
                    // Two channels in 16 bits each, which hold the sum of 256 bytes.
                    var read = source.Pixels(columns + Vector256.Create(across), place.Row * factor + down);
                    even += read & mask;
                    odd += read >>> 8 & mask;
                }
            }

            var low = Vector256.Create(0xffffu);
            return new Block(Floats(even & low), Floats(odd & low), Floats(even >>> 16), Floats(odd >>> 16)) * (1f / (255 * factor * factor));
        }

        static Vector256<float> Floats(Vector256<uint> values) => Vector256.ConvertToSingle(values.AsInt32());
    }

    public readonly struct Enlarged(Sampler sampler, int factor)
    {
        readonly float scale = 1f / factor, offset = (1f / factor - 1) / 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public (Vector256<float> Blue, Vector256<float> Red) BlueAndRed(Vector256<float> x, float y) => sampler.BlueAndRed((x * scale).Plus(offset), y * scale + offset);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Block At(Vector256<float> x, float y) => sampler.At((x * scale).Plus(offset), y * scale + offset);
    }
}
