using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Framelane.Rendering.Effects;
using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Motions.Finishes;

/// <summary>Out of focus: about a Gauss's blur.</summary>
/// <param name="Deviation">Pixels of the stage.</param>
sealed record SoftFocus(double Deviation) : Finish
{
    // Of three squares after each other nothing is farther.
    const double Farthest = 3.5;

    // Above these it is softened at half and at a quarter of its size, where that cannot be seen.
    const double Soft = 1.2, Softer = 4;

    internal override Area Around(in Area drawn, double scale)
    {
        // In whole pixels of a quarter's, for a character's are reckoned from its own edge.
        var beyond = ((int)Math.Ceiling(Deviation * scale * Farthest) + 7) & ~3;
        return new(drawn.Left - beyond, drawn.Top - beyond, drawn.Right + beyond, drawn.Bottom + beyond);
    }

    internal override void Apply(PixelBuffer picture, in Ground ground)
    {
        var deviation = Deviation * ground.Scale;
        if (deviation < Soft)
        {
            BoxBlur.Soften(picture, (float)deviation, ground.Pool, passes: 1);
            return;
        }

        using var small = Shrunk.Of(picture, deviation < Softer ? 2 : 4, ground.Pool);
        // Shrinking and enlarging soften too: by a square's variance and by a triangle's.
        double whole = small.Factor * small.Factor, own = (whole - 1) / 12 + whole / 6;
        BoxBlur.Soften(small.Buffer, (float)Math.Sqrt(Math.Max(0, deviation * deviation - own) / whole), ground.Pool, passes: small.Factor == 2 ? 2 : 3);
        PixelKernel.Fill(picture, new Large(small.Enlarge()));
    }

    readonly struct Large(Enlarged soft) : IBlockFill
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<uint> At(Place place) => soft.PixelsAt(place);
    }
}
