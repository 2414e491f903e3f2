using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Effects.Film;

/// <summary>Instant film: milky blacks towards green and blue, cream whites, in its white paper frame with the broad lower edge.</summary>
/// <remarks>The paper grows in from the edges and is only where the picture is.</remarks>
sealed class Polaroid : FilmLook
{
    // Of the shorter side.
    const float Edge = 0.045f, LowerEdge = 0.16f;

    // Red, green, blue.
    const float PaperRed = 0.965f, PaperGreen = 0.95f, PaperBlue = 0.91f;

    public Polaroid()
        : base("polaroid")
    {
        Before = ColorMatrix.Saturate(0.82);
        Curves = (Milky(1.03), Milky(1), Milky(0.86));
        Tints = (Shadow(-0.05), Shadow(0.015), Shadow(0.05));
        Corners = 0.3f;
    }

    public override void Apply(PixelBuffer picture, in EffectCall call)
    {
        base.Apply(picture, call);
        var unit = call.Intensity * Math.Min(picture.Width, picture.Height);
        PixelKernel.RunBlocks(picture, new Frame(Edge * unit, picture.Width - Edge * unit, picture.Height - LowerEdge * unit));
    }

    static Curve Milky(double gain) => new(value => gain * (0.1 + 0.86 * Math.Pow(value, 0.92)));

    static Curve Shadow(double strength) => new(luma => strength * Math.Pow(1 - luma, 2));

    readonly struct Frame(float edge, float right, float lower) : IBlockChange
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Block Apply(Block pixels, Place place)
        {
            // How much of a pixel lies within the window.
            var across = Wide.Unit(Vector256.Min(place.X.Plus(1 - edge), place.X.From(right)));
            var shown = across * Math.Clamp(Math.Min(place.Row + 1 - edge, lower - place.Row), 0, 1);
            var paper = new Block(pixels.Alpha * PaperBlue, pixels.Alpha * PaperGreen, pixels.Alpha * PaperRed, pixels.Alpha);
            return paper.Mix(pixels, shown);
        }
    }
}
