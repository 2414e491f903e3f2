using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Effects.Signal;

/// <summary>A compressed stream with lost data: from the loss to the end of its row of macroblocks, blocks come from a wrong place, keep only their mean, or have wrong colours.</summary>
/// <remarks>A block is a 45th of the height, 16 pixels of 720, as in H.264; colour goes wrong by whole blocks, because it is coded by them. Other losses six times a second.</remarks>
sealed class CompressionGlitch : IEffect
{
    const int BlocksDown = 45, SmallestBlock = 4;

    const double PerSecond = 6;

    // How many rows have a loss at full intensity, and how many blocks beside.
    const float RowsHit = 0.45f, BlocksHit = 0.05f;

    // In blocks: the longest wrong motion.
    const float Motion = 5;

    public string Name => "compression_glitch";

    public void Apply(PixelBuffer picture, in EffectCall call)
    {
        using var lease = call.Pool.RentCopy(picture);
        var (source, chance, intensity) = (lease.Buffer, call.Held(PerSecond), call.Intensity);
        var side = Math.Max(SmallestBlock, picture.Height / BlocksDown);
        Rows.ForEach((picture.Height + side - 1) / side, row =>
        {
            var own = Seed.Mix(chance + (uint)row);
            var columns = (picture.Width + side - 1) / side;
            // The loss's place in its row; beyond the end where there is none.
            var lost = Seed.Unit(own, 0) < RowsHit * intensity ? Seed.Unit(own, 1) * columns * 0.9f : columns;
            for (var column = 0; column < columns; column++)
            {
                var alone = Seed.Unit(own, 100 + 2 * column) < BlocksHit * intensity;
                if (column >= lost || alone)
                    Damage(source, picture, column * side, row * side, side, alone ? Seed.Mix(own + (uint)column) : own, Seed.Unit(own, 101 + 2 * column), intensity);
            }
        });
    }

    /// <param name="run">Chance that the blocks of one loss share.</param>
    /// <param name="draw">The block's own, 0 to 1.</param>
    static void Damage(PixelBuffer source, PixelBuffer target, int left, int top, int side, uint run, float draw, float intensity)
    {
        var reach = Motion * side * intensity;
        var (moveX, moveY) = ((int)(Seed.Either(run, 2) * reach), (int)(Seed.Either(run, 3) * reach));
        // Blue and red go the opposite ways of a wrong chroma; green follows.
        var wrong = Seed.Either(run, 4) * 0.3f * intensity;
        var tint = draw < 0.5f ? Vector128.Create(wrong, -wrong * 0.4f, Seed.Either(run, 5) * 0.3f * intensity, 0) : Vector128<float>.Zero;
        // A quarter keeps only its coarsest steps.
        var coarse = draw < 0.25f ? Math.Max(1, side / 2) : 1;
        for (var y = top; y < Math.Min(target.Height, top + side); y++)
        {
            var row = MemoryMarshal.Cast<byte, uint>(target.Row(y))[left..Math.Min(target.Width, left + side)];
            var from = MemoryMarshal.Cast<byte, uint>(source.Row(Math.Clamp(top + (y - top) / coarse * coarse + moveY, 0, source.Height - 1)));
            for (var x = 0; x < row.Length; x++)
            {
                var pixel = PixelKernel.Unpack(from[Math.Clamp(left + x / coarse * coarse + moveX, 0, from.Length - 1)]);
                row[x] = PixelKernel.Pack(pixel + tint * pixel[3]);
            }
        }
    }
}
