using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Effects;

/// <summary>Blocks of one colour, the mean of theirs; at full intensity a twelfth of the shorter side.</summary>
sealed class Mosaic : IEffect
{
    const int Fewest = 12;

    public string Name => "mosaic";

    public void Apply(PixelBuffer picture, in EffectCall call)
    {
        var (width, height) = (picture.Width, picture.Height);
        var side = Math.Max(1, (int)Math.Round(call.Intensity * Math.Min(width, height) / Fewest));
        Rows.ForEach((height + side - 1) / side, line =>
        {
            var (top, bottom) = (line * side, Math.Min(height, (line + 1) * side));
            for (var left = 0; left < width; left += side)
                Level(picture, left, Math.Min(width, left + side), top, bottom);
        });
    }

    static void Level(PixelBuffer picture, int left, int right, int top, int bottom)
    {
        var sum = Vector128<float>.Zero;
        for (var y = top; y < bottom; y++)
        {
            foreach (var pixel in MemoryMarshal.Cast<byte, uint>(picture.Row(y))[left..right])
                sum += PixelKernel.Unpack(pixel);
        }

        var mean = PixelKernel.Pack(sum * (1f / ((right - left) * (bottom - top))));
        for (var y = top; y < bottom; y++)
            MemoryMarshal.Cast<byte, uint>(picture.Row(y))[left..right].Fill(mean);
    }
}
