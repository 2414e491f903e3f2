using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Effects.Color;

/// <summary>Printed in two inks: the darkest is a deep violet blue, the lightest a warm peach, and luma says how much of each.</summary>
sealed class Duotone : IEffect
{
    // Red, green, blue.
    static readonly double[] Dark = [0.13, 0.07, 0.36], Light = [1, 0.8, 0.62];

    public string Name => "duotone";

    public void Apply(PixelBuffer picture, in EffectCall call)
    {
        double share = call.Intensity;
        double[] Row(int channel)
        {
            var reach = (Light[channel] - Dark[channel]) * share;
            double[] row = [0.2126 * reach, 0.7152 * reach, 0.0722 * reach, Dark[channel] * share];
            row[channel] += 1 - share;
            return row;
        }

        PixelKernel.Run(picture, ColorMatrix.Of(Row(0), Row(1), Row(2)));
    }
}
