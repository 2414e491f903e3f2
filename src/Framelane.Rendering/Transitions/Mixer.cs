using System.Numerics;
using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Transitions;

/// <summary>Weighted sums of two pictures.</summary>
static class Mixer
{
    const int One = 256;

    /// <summary>The weights, 0 to 1, of the first and the second picture; together at most 1.</summary>
    public readonly record struct Weights(double From, double To);

    public static void Mix(PixelBuffer from, PixelBuffer to, Weights colours, Weights alpha, PixelBuffer target) =>
        Rows.ForEach(target.Height, y => Mix(from.Row(y), to.Row(y), colours, alpha, target.Row(y)));

    public static void Mix(ReadOnlySpan<byte> from, ReadOnlySpan<byte> to, Weights colours, Weights alpha, Span<byte> target)
    {
        Span<ushort> first = stackalloc ushort[Vector<ushort>.Count], second = stackalloc ushort[Vector<ushort>.Count];
        for (var lane = 0; lane < first.Length; lane++)
        {
            var weights = lane % PixelBuffer.BytesPerPixel == 3 ? alpha : colours;
            second[lane] = (ushort)Math.Round(weights.To * One);
            first[lane] = (ushort)Math.Min(Math.Round(weights.From * One), One - second[lane]);
        }

        var (a, b, half) = (new Vector<ushort>(first), new Vector<ushort>(second), new Vector<ushort>(One / 2));
        var x = 0;
        for (; x <= target.Length - Vector<byte>.Count; x += Vector<byte>.Count)
        {
            Vector.Widen(new Vector<byte>(from[x..]), out var fromLow, out var fromHigh);
            Vector.Widen(new Vector<byte>(to[x..]), out var toLow, out var toHigh);
            Vector.Narrow(
                Vector.ShiftRightLogical(fromLow * a + toLow * b + half, 8),
                Vector.ShiftRightLogical(fromHigh * a + toHigh * b + half, 8)).CopyTo(target[x..]);
        }

        for (; x < target.Length; x++)
            target[x] = (byte)((from[x] * first[x % PixelBuffer.BytesPerPixel] + to[x] * second[x % PixelBuffer.BytesPerPixel] + One / 2) >> 8);
    }
}
