using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Effects.Color;

/// <summary>CSS's <c>sepia()</c>.</summary>
sealed class Sepia : IEffect
{
    public string Name => "sepia";

    public void Apply(PixelBuffer picture, in EffectCall call)
    {
        double s = call.Intensity, rest = 1 - s;
        PixelKernel.RunBlocks(picture, ColorMatrix.Of(
            [0.393 * s + rest, 0.769 * s, 0.189 * s, 0],
            [0.349 * s, 0.686 * s + rest, 0.168 * s, 0],
            [0.272 * s, 0.534 * s, 0.131 * s + rest, 0]));
    }
}
