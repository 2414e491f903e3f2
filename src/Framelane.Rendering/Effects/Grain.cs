using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Effects;

/// <summary>Noise: every pixel becomes lighter or darker by chance, another way each frame.</summary>
static class Grain
{
    // To either side, at 100.
    const float Strongest = 0.25f;

    public static void Add(PixelBuffer picture, double amount, uint seed)
    {
        var scale = (float)(amount / 100 * Strongest / int.MaxValue);
        Rows.ForEach(picture.Height, y =>
        {
            var row = MemoryMarshal.Cast<byte, uint>(picture.Row(y));
            var state = Seed.Mix(seed + (uint)y * 0x9e3779b9);
            for (var x = 0; x < row.Length; x++)
            {
                var pixel = PixelKernel.Unpack(row[x]);
                var change = (int)Seed.Mix(state + (uint)x) * scale * pixel[3];
                row[x] = PixelKernel.Pack(pixel + Vector128.Create(change, change, change, 0));
            }
        });
    }
}
