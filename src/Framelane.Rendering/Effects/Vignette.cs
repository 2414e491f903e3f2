using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Effects;

/// <summary>Darkens with the square of the distance from the middle; at 100 the corners are black.</summary>
static class Vignette
{
    public static void Darken(PixelBuffer picture, double amount)
    {
        var (width, height) = (picture.Width, picture.Height);
        var strength = (float)(amount / 100);
        Rows.ForEach(height, y =>
        {
            var row = MemoryMarshal.Cast<byte, uint>(picture.Row(y));
            var down = (2 * y + 1f) / height - 1;
            for (var x = 0; x < row.Length; x++)
            {
                var across = (2 * x + 1f) / width - 1;
                var light = 1 - strength * (across * across + down * down) / 2;
                row[x] = PixelKernel.Pack(PixelKernel.Unpack(row[x]) * Vector128.Create(light, light, light, 1));
            }
        });
    }
}
