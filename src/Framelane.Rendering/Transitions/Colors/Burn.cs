using System.Runtime.CompilerServices;
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

    public void Draw(PixelBuffer from, PixelBuffer to, double progress, PixelBuffer target) =>
        PixelKernel.Mix(from, to, target, new Fire(new(Blotches / target.Height), (float)progress));

    readonly struct Fire(Paper paper, float progress) : IBlockMix
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<uint> Of(Vector256<uint> from, Vector256<uint> to, Place place)
        {
            var burnt = Wide.Unit(paper.At(place.X.Plus(0.5f), Vector256.Create(place.Row + 0.5f)).Passed(progress));
            var (isWhole, isGone) = (Vector256.Equals(burnt, Vector256<float>.Zero), Vector256.Equals(burnt, Vector256<float>.One));
            var still = Vector256.ConditionalSelect(isGone.AsUInt32(), to, from);
            return (isWhole | isGone).AsUInt32() == Vector256<uint>.AllBitsSet ? still : Vector256.ConditionalSelect((isWhole | isGone).AsUInt32(), still, Burning(from, to, burnt));
        }

        static Vector256<uint> Burning(Vector256<uint> from, Vector256<uint> to, Vector256<float> burnt)
        {
            var black = (Wide.Smooth(burnt * (1 / Charred)) * -0.9f).Plus(1);
            var pixels = Block.Unpack(from).Scale(black).Mix(Block.Unpack(to), Wide.Smooth(burnt.Plus(-Hole) * (1 / 0.08f)));
            var glow = Wide.Smooth(burnt.Plus(-Glow) * (1 / 0.25f)) * Wide.Smooth(burnt.From(1) * (1 / (1 - Hole)));
            // From a dull red by orange to almost white.
            var square = glow * glow;
            return (pixels + new Block(square * glow * 0.35f, square * 0.75f, glow * 1.3f, Vector256<float>.Zero) * pixels.Alpha).Pack();
        }
    }

    /// <summary>How long each point resists: chance in three sizes, drawn apart to the whole range.</summary>
    readonly struct Paper(float scale) : IShape
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Reach At(Vector256<float> x, Vector256<float> y)
        {
            var (column, row) = (x * scale, y * scale);
            var rough = Lattice.Noise(column, row) * 0.6f + Lattice.Noise(column * 3.1f, row * 3.1f) * 0.27f + Lattice.Noise(column * 11.3f, row * 11.3f) * 0.13f;
            return new(Wide.Smooth(rough.Plus(-0.15f) * (1 / 0.7f)), Burning);
        }
    }
}
