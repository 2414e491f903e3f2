using System.Runtime.Intrinsics;
using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Transitions.Kernels;

/// <summary>Uncovers the second picture in a shape, without moving either.</summary>
static class Reveal
{
    public static void Draw<T>(PixelBuffer from, PixelBuffer to, double progress, PixelBuffer target, T shape)
        where T : struct, IShape => Rows.ForEach(target.Height, y =>
    {
        var first = from.PixelsOf(y);
        var second = to.PixelsOf(y);
        var row = target.PixelsOf(y);
        var down = Vector256.Create(y + 0.5f);
        for (var x = 0; x < row.Length; x += Lanes.Count)
        {
            var share = Lanes.Saturate(shape.At(Lanes.From(x), down).Passed((float)progress));
            var run = x..Math.Min(row.Length, x + Lanes.Count);
            if (share == Vector256<float>.Zero)
                first[run].CopyTo(row[run]);
            else if (share == Vector256<float>.One)
                second[run].CopyTo(row[run]);
            else
                Mix(first[run], second[run], share, row[run]);
        }
    });

    static void Mix(ReadOnlySpan<uint> from, ReadOnlySpan<uint> to, Vector256<float> share, Span<uint> target)
    {
        for (var lane = 0; lane < target.Length; lane++)
            target[lane] = Fixed.Pack(Fixed.Mix(Fixed.Unpack(from[lane]), Fixed.Unpack(to[lane]), share[lane]));
    }
}
