using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Effects.Print;

/// <summary>Blocks of one colour, the mean of theirs; at full intensity a twelfth of the shorter side.</summary>
sealed class Mosaic : IEffect
{
    const int Fewest = 12;

    // Of a block's side.
    const float Softness = 0.22f;

    /// <summary>Hard blocks.</summary>
    public static readonly Mosaic Plain = new("mosaic", (PixelBuffer _, int _, in EffectCall _) => { });

    /// <summary>Blocks that run into each other, as behind patterned glass.</summary>
    public static readonly Mosaic Blurred = new("mosaic_blur", (PixelBuffer picture, int side, in EffectCall call) => BoxBlur.Blur(picture, side > 1 ? side * Softness : 0, call.Pool));

    /// <summary>Blocks of few colours, as of an early game.</summary>
    public static readonly Mosaic Posterized = new("mosaic_posterize", (PixelBuffer picture, int _, in EffectCall call) => new Posterize().Apply(picture, call));

    readonly Finish finish;

    Mosaic(string name, Finish finish) => (Name, this.finish) = (name, finish);

    /// <summary>What is done to the blocks.</summary>
    delegate void Finish(PixelBuffer picture, int side, in EffectCall call);

    public string Name { get; }

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
        finish(picture, side, call);
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
