using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Effects.Signal;

/// <summary>Where a tape has lost its coating: short white streaks that begin at once and fade to the right.</summary>
static class Dropouts
{
    // Of the width and of the height.
    const float Longest = 0.12f, Thickness = 0.003f;

    public static void Draw(PixelBuffer picture, uint seed, int count, float strength, float top = 0, float bottom = 1)
    {
        var thick = Math.Max(1, (int)(Thickness * picture.Height));
        for (var streak = 0; streak < count; streak++)
        {
            var place = 7000 + 4 * streak;
            var y = (int)((top + (bottom - top) * Seed.Unit(seed, place)) * picture.Height);
            var left = (int)(Seed.Unit(seed, place + 1) * picture.Width);
            var length = 1 + (int)(Seed.Unit(seed, place + 2) * Longest * picture.Width);
            for (var row = y; row < Math.Min(picture.Height, y + thick); row++)
                Streak(MemoryMarshal.Cast<byte, uint>(picture.Row(row))[left..Math.Min(picture.Width, left + length)], length, strength * (0.5f + 0.5f * Seed.Unit(seed, place + 3)));
        }
    }

    static void Streak(Span<uint> row, int length, float strength)
    {
        for (var x = 0; x < row.Length; x++)
        {
            var pixel = PixelKernel.Unpack(row[x]);
            var white = Vector128.Create(pixel[3]);
            row[x] = PixelKernel.Pack(PixelKernel.Mix(pixel, white, strength * (1 - (float)x / length)));
        }
    }
}
