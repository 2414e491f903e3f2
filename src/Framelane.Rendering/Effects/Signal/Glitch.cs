using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Effects.Signal;

/// <summary>A digital picture that breaks: bands jump sideways with their red and blue apart, blocks lose their place or their colours; it breaks another way ten times a second.</summary>
sealed class Glitch : IEffect
{
    const double PerSecond = 10;

    const int Bands = 14, Blocks = 7;

    // Of the width: the farthest that a band jumps, how far red and blue part within it, and everywhere.
    const float Jump = 0.16f, Part = 0.018f, PartEverywhere = 0.0035f;

    public string Name => "glitch";

    public void Apply(PixelBuffer picture, in EffectCall call)
    {
        using var copy = call.Pool.RentCopy(picture);
        var chance = call.Held(PerSecond);
        PixelKernel.RunBlocks(picture, new TornLines(new(copy.Buffer), Shifts(picture, call.Intensity, chance)));
        for (var block = 0; block < Blocks; block++)
            Break(picture, call.Intensity, chance, 100 + 8 * block);
    }

    /// <summary>How far each line is from its place, and its red and blue from it; pixels.</summary>
    static (int Jump, int Part)[] Shifts(PixelBuffer picture, float intensity, uint chance)
    {
        var shifts = new (int, int)[picture.Height];
        Array.Fill(shifts, (0, Pixels(PartEverywhere)));
        for (var band = 0; band < Bands; band++)
        {
            var place = 4 * band;
            var (top, way) = ((int)(Seed.Unit(chance, place) * picture.Height), Seed.Either(chance, place + 1));
            var thick = 1 + (int)(MathF.Pow(Seed.Unit(chance, place + 2), 2) * 0.09f * picture.Height);
            // Small jumps are more frequent.
            var jump = Pixels(Jump * way * Math.Abs(way));
            shifts.AsSpan(top, Math.Min(thick, picture.Height - top)).Fill((jump, Pixels(Part * (0.4f + Seed.Unit(chance, place + 3)))));
        }

        return shifts;

        int Pixels(float share) => (int)MathF.Round(share * intensity * picture.Width);
    }

    static void Break(PixelBuffer picture, float intensity, uint chance, int place)
    {
        var (width, height) = (picture.Width, picture.Height);
        var (left, top) = ((int)(Seed.Unit(chance, place) * width), (int)(Seed.Unit(chance, place + 1) * height));
        var right = Math.Min(width, left + 1 + (int)((0.05f + 0.2f * Seed.Unit(chance, place + 2)) * width));
        var bottom = Math.Min(height, top + 1 + (int)((0.01f + 0.04f * Seed.Unit(chance, place + 3)) * height));
        var kind = (int)(Seed.Unit(chance, place + 4) * 3);
        for (var y = top; y < bottom; y++)
        {
            foreach (ref var packed in MemoryMarshal.Cast<byte, uint>(picture.Row(y))[left..right])
            {
                var pixel = PixelKernel.Unpack(packed);
                var broken = kind switch
                {
                    // Channels in each other's place, the opposite of the colour, or few bits.
                    0 => Vector128.Shuffle(pixel, Vector128.Create(1, 2, 0, 3)),
                    1 => (Vector128.Create(pixel[3]) - pixel).WithElement(3, pixel[3]),
                    _ => (Vector128.Floor(pixel * 3) * 0.5f).WithElement(3, pixel[3]),
                };
                packed = PixelKernel.Pack(PixelKernel.Mix(pixel, broken, intensity));
            }
        }
    }
}
