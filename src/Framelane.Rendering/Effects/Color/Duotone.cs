using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Effects.Color;

/// <summary>Printed in two inks: the darkest is a deep violet, the lightest a warm peach, and luma, in some more contrast, says how much of each.</summary>
sealed class Duotone : IEffect
{
    // Their red, green and blue.
    static readonly (float Red, float Green, float Blue) Dark = (0.11f, 0.02f, 0.4f), Light = (1, 0.78f, 0.6f);

    public string Name => "duotone";

    public void Apply(PixelBuffer picture, in EffectCall call) => PixelKernel.RunBlocks(picture, new Inks(call.Intensity));

    readonly struct Inks(float intensity) : IBlockChange
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Block Apply(Block pixels, Place place)
        {
            var light = Wide.Step(0, 1, pixels.Luma * pixels.Unalpha);
            return pixels.Mix(
                new Block(
                    (light * (Light.Blue - Dark.Blue)).Plus(Dark.Blue), (light * (Light.Green - Dark.Green)).Plus(Dark.Green), (light * (Light.Red - Dark.Red)).Plus(Dark.Red),
                    Vector256<float>.One) * pixels.Alpha,
                intensity);
        }
    }
}
