using System.Runtime.Intrinsics;
using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Effects.Print;

/// <summary>Four steps a channel, mixed with the source by intensity.</summary>
sealed class Posterize : IEffect
{
    public string Name => "posterize";

    public void Apply(PixelBuffer picture, in EffectCall call) => PixelKernel.Run(picture, new Steps(call.Intensity));

    readonly struct Steps(float intensity) : IPixelChange
    {
        const float Highest = 3;

        public Vector128<float> Apply(Vector128<float> pixel)
        {
            var alpha = pixel[3];
            if (alpha == 0)
                return pixel;
            var stepped = Vector128.Floor(pixel * (Highest / alpha) + Vector128.Create(0.5f)) * (alpha / Highest);
            return PixelKernel.Mix(pixel, stepped, intensity).WithElement(3, alpha);
        }
    }
}
