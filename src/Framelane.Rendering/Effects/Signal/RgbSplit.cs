using System.Runtime.InteropServices;
using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Effects.Signal;

/// <summary>Red comes from the left and blue from the right; at full intensity from a fiftieth of the width.</summary>
sealed class RgbSplit : IEffect
{
    const float Farthest = 0.02f;

    public string Name => "rgb_split";

    public void Apply(PixelBuffer picture, in EffectCall call)
    {
        using var copy = call.Pool.RentCopy(picture);
        var source = copy.Buffer;
        var shift = (int)Math.Round(call.Intensity * Farthest * picture.Width);
        Rows.ForEach(picture.Height, y =>
        {
            var from = MemoryMarshal.Cast<byte, uint>(source.Row(y));
            var to = MemoryMarshal.Cast<byte, uint>(picture.Row(y));
            for (var x = 0; x < to.Length; x++)
            {
                var (left, right) = (from[Math.Max(0, x - shift)], from[Math.Min(to.Length - 1, x + shift)]);
                var alpha = Math.Max(from[x] >> 24, Math.Max(left >> 24, right >> 24));
                to[x] = alpha << 24 | (left & 0xff0000) | (from[x] & 0xff00) | (right & 0xff);
            }
        });
    }
}
