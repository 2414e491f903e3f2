using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Effects.Color;

sealed class Invert : IEffect
{
    public string Name => "invert";

    public void Apply(PixelBuffer picture, in EffectCall call) =>
        PixelKernel.RunBlocks(picture, ColorMatrix.Scale(1 - 2 * call.Intensity, call.Intensity));
}
