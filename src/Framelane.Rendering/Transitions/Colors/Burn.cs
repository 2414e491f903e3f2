using System.Runtime.Intrinsics;
using Framelane.Rendering.Effects;
using Framelane.Rendering.Frames;
using Framelane.Rendering.Transitions.Kernels;

namespace Framelane.Rendering.Transitions.Colors;

/// <summary>The first burns away like paper: it chars, glows along ragged edges, and holes open on the second.</summary>
sealed class Burn : ITransition
{
    // Blotches across the height, and how long a point burns, of the whole time.
    const float Blotches = 4, Burning = 0.22f;

    // Of a point's burning: when it is black, when the hole opens, when the glow begins.
    const float Charred = 0.45f, Hole = 0.62f, Glow = 0.35f;

    public string Name => "burn";

    public bool KeepsOpaque => true;

    public void Draw(PixelBuffer from, PixelBuffer to, double progress, PixelBuffer target)
    {
        var paper = new Paper(Blotches / target.Height);
        Rows.ForEach(target.Height, y =>
        {
            var first = from.PixelsOf(y);
            var second = to.PixelsOf(y);
            var row = target.PixelsOf(y);
            for (var x = 0; x < row.Length; x += Lanes.Count)
            {
                var burnt = Lanes.Saturate(paper.At(Lanes.From(x), Vector256.Create(y + 0.5f)).Passed((float)progress));
                for (var lane = 0; lane < Math.Min(Lanes.Count, row.Length - x); lane++)
                    row[x + lane] = burnt[lane] is > 0 and < 1 and var state ? At(first[x + lane], second[x + lane], state) : burnt[lane] > 0 ? second[x + lane] : first[x + lane];
            }
        });
    }

    static uint At(uint from, uint to, float burnt)
    {
        var black = 1 - 0.9f * (float)Lanes.Smooth(burnt / Charred);
        var charred = PixelKernel.Unpack(from) * Vector128.Create(black, black, black, 1);
        var pixel = PixelKernel.Mix(charred, PixelKernel.Unpack(to), (float)Lanes.Smooth((burnt - Hole) / 0.08f));
        var glow = (float)(Lanes.Smooth((burnt - Glow) / 0.25f) * Lanes.Smooth((1 - burnt) / (1 - Hole)));
        // From a dull red by orange to almost white.
        return PixelKernel.Pack(pixel + Vector128.Create(0.35f * glow * glow * glow, 0.75f * glow * glow, 1.3f * glow, 0) * pixel.GetElement(3));
    }

    /// <summary>How long each point resists: chance in three sizes, drawn apart to the whole range.</summary>
    readonly struct Paper(float scale) : IShape
    {
        public Reach At(Vector256<float> x, Vector256<float> y)
        {
            var (column, row) = (x * scale, y * scale);
            var rough = Lanes.Noise(column, row) * 0.6f + Lanes.Noise(column * 3.1f, row * 3.1f) * 0.27f + Lanes.Noise(column * 11.3f, row * 11.3f) * 0.13f;
            return new(Lanes.Smooth((rough - Vector256.Create(0.15f)) * (1 / 0.7f)), Burning);
        }
    }
}
