using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
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
    internal void Apply(PixelBuffer picture, double intensity) => PixelKernel.RunBlocks(picture, new LookUp(this, (float)intensity));

    readonly struct LookUp(CubeLut lut, float intensity) : IBlockChange
    {
        readonly int size = lut.size, line = lut.size, plane = lut.size * lut.size, last = lut.size - 2;
        readonly Vector128<float> scale = lut.scale, offset = lut.offset;
        readonly Vector128<float>[] entries = lut.entries;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Block Apply(Block pixels, Place place)
        {
            var color = pixels * pixels.Unalpha;
            var ((blue, byBlue), (green, byGreen), (red, byRed)) = (Cell(color.Blue, 0), Cell(color.Green, 1), Cell(color.Red, 2));
            var first = blue * plane + green * line + red;
            // A pixel after another: the two entries of each line lie beside each other, and are read at once.
            var one = Read(first, byBlue, byGreen, byRed, 0);
            var two = Read(first, byBlue, byGreen, byRed, 1);
            var three = Read(first, byBlue, byGreen, byRed, 2);
            var four = Read(first, byBlue, byGreen, byRed, 3);
            var five = Read(first, byBlue, byGreen, byRed, 4);
            var six = Read(first, byBlue, byGreen, byRed, 5);
            var seven = Read(first, byBlue, byGreen, byRed, 6);
            var eight = Read(first, byBlue, byGreen, byRed, 7);
            var found = new Block(Channel(0), Channel(1), Channel(2), Vector256<float>.One);
            return pixels.Mix(found * pixels.Alpha, intensity);

            Vector256<float> Channel(int index) => Vector256.Create(one[index], two[index], three[index], four[index], five[index], six[index], seven[index], eight[index]);
        }

        /// <summary>The entry before a colour's channel, and how far it is from there.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        (Vector256<int> First, Vector256<float> Share) Cell(Vector256<float> values, int channel)
        {
            var at = Vector256.MinNative(Vector256.MaxNative((values * scale[channel]).Plus(-offset[channel]), Vector256<float>.Zero), Vector256.Create(size - 1f));
            // Cut again: a domain of absurd numbers gives what is no number.
            var first = Wide.Clamp(at.Whole(), last);
            return (first, at - first.Float());
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        Vector128<float> Read(Vector256<int> first, Vector256<float> byBlue, Vector256<float> byGreen, Vector256<float> byRed, int lane)
        {
            ref var entry = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(entries), first[lane]);
            var (green, blue) = (byGreen[lane], byBlue[lane]);
            var near = Mix(Pair(ref entry), Pair(ref Unsafe.Add(ref entry, line)), green);
            var far = Mix(Pair(ref Unsafe.Add(ref entry, plane)), Pair(ref Unsafe.Add(ref entry, plane + line)), green);
            var both = Mix(near, far, blue);
            return PixelKernel.Mix(both.GetLower(), both.GetUpper(), byRed[lane]);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector256<float> Pair(ref Vector128<float> entry) => Unsafe.As<Vector128<float>, Vector256<float>>(ref entry);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector256<float> Mix(Vector256<float> from, Vector256<float> to, float share) => from + (to - from) * share;
    }
}
