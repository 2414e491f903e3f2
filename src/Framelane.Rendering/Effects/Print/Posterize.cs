using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Effects.Print;

/// <summary>Four steps a channel, mixed with the source by intensity.</summary>
sealed class Posterize : IEffect
{
    public string Name => "posterize";

    public void Apply(PixelBuffer picture, in EffectCall call) => PixelKernel.RunBlocks(picture, new Steps(call.Intensity));

    readonly struct Steps(float intensity) : IBlockChange
    {
        const float Highest = 3;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Block Apply(Block pixels, Place place)
        {
            var (up, down) = (pixels.Unalpha * Highest, pixels.Alpha * (1 / Highest));
            return pixels.Mix(new(Step(pixels.Blue * up) * down, Step(pixels.Green * up) * down, Step(pixels.Red * up) * down, pixels.Alpha), intensity);
        }

        static Vector256<float> Step(Vector256<float> value) => Vector256.Floor(value.Plus(0.5f));
    }
}
