using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Framelane.Rendering.Effects;
using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Transitions.Colors;

/// <summary>A dissolve out of phase: red goes over first, then green, then blue.</summary>
sealed class ColorPhase : ITransition
{
    // Of the whole time that each colour takes.
    const double Length = 0.6;

    public string Name => "color_phase";

    public bool KeepsOpaque => true;

    public void Draw(PixelBuffer from, PixelBuffer to, double progress, PixelBuffer target)
    {
        float Share(double delay) => (float)Wide.Smooth((progress - delay) / Length);
        PixelKernel.Mix(from, to, target, new Phases(Share(1 - Length), Share((1 - Length) / 2), Share(0), (float)progress));
    }

    readonly struct Phases(float blue, float green, float red, float alpha) : IBlockMix
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<uint> Of(Vector256<uint> from, Vector256<uint> to, Place place)
        {
            var (a, b) = (Block.Unpack(from), Block.Unpack(to));
            return new Block(
                a.Blue + (b.Blue - a.Blue) * blue, a.Green + (b.Green - a.Green) * green, a.Red + (b.Red - a.Red) * red, a.Alpha + (b.Alpha - a.Alpha) * alpha).Pack();
        }
    }
}
