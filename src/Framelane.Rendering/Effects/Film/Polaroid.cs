using System.Runtime.Intrinsics;
using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Effects.Film;

/// <summary>Instant film: milky blacks towards green and blue, cream whites, in its white paper frame with the broad lower edge.</summary>
/// <remarks>The paper grows in from the edges and is only where the picture is.</remarks>
sealed class Polaroid() : FilmLook("polaroid", Look, corners: 0.3f)
{
    // Of the shorter side.
    const float Edge = 0.045f, LowerEdge = 0.16f;

    static readonly Vector128<float> Paper = Vector128.Create(0.91f, 0.95f, 0.965f, 1);

    public override void Apply(PixelBuffer picture, in EffectCall call)
    {
        base.Apply(picture, call);
        var unit = call.Intensity * Math.Min(picture.Width, picture.Height);
        PixelKernel.RunPlaced(picture, new Frame(Edge * unit, picture.Width - Edge * unit, picture.Height - LowerEdge * unit));
    }

    static Rgb Look(Rgb color)
    {
        var soft = color.Saturate(0.82).Each(value => 0.1 + 0.86 * Math.Pow(value, 0.92));
        var shadow = Math.Pow(1 - color.Luma, 2);
        return soft * new Rgb(1.03, 1, 0.86) + new Rgb(-0.05, 0.015, 0.05) * shadow;
    }

    readonly struct Frame(float edge, float right, float lower) : IPlacedChange
    {
        public Vector128<float> Apply(Vector128<float> pixel, int x, int y)
        {
            // How much of the pixel lies within the window.
            var across = float.ClampNative(Math.Min(x + 1 - edge, right - x), 0, 1);
            var down = float.ClampNative(Math.Min(y + 1 - edge, lower - y), 0, 1);
            var shown = across * down;
            return shown == 1 ? pixel : PixelKernel.Mix(Paper * pixel[3], pixel, shown);
        }
    }
}
