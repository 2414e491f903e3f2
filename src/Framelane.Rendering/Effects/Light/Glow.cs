using System.Runtime.Intrinsics;
using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Effects.Light;

/// <summary>Bloom: what is bright shines over its surroundings, and over its own edge where there is nothing.</summary>
sealed class Glow : IEffect
{
    // Luma from which things shine, and at which they shine in full.
    const float From = 0.5f, Full = 0.9f;

    // Of the shorter side.
    const float Near = 0.012f, Far = 0.05f;

    const float Strength = 0.85f;

    const int Factor = 4;

    public string Name => "glow";

    public void Apply(PixelBuffer picture, in EffectCall call)
    {
        var side = Math.Min(picture.Width, picture.Height);
        using var bright = Shrunk.Of(picture, Factor, call.Pool);
        PixelKernel.Run(bright.Buffer, new Brightest());
        using var near = Shrunk.Empty(picture, Factor, call.Pool);
        using var far = Shrunk.Empty(picture, Factor, call.Pool);
        Blurring.Draw(bright.Buffer, near.Buffer, Near * side / Factor);
        Blurring.Draw(bright.Buffer, far.Buffer, Far * side / Factor);
        PixelKernel.RunPlaced(near.Buffer, new Sum(new(far.Buffer)));
        PixelKernel.RunPlaced(picture, new Shine(near.Enlarge(), call.Intensity * Strength));
    }

    readonly struct Brightest : IPixelChange
    {
        public Vector128<float> Apply(Vector128<float> pixel) => pixel[3] == 0 ? pixel : pixel * Tone.Step(From, Full, Tone.Luma(pixel) / pixel[3]);
    }

    readonly struct Sum(Sampler far) : IPlacedChange
    {
        public Vector128<float> Apply(Vector128<float> pixel, int x, int y) => pixel * 0.5f + PixelKernel.Unpack(far.Pixel(x, y)) * 0.5f;
    }

    readonly struct Shine(Shrunk.Enlarged glow, float strength) : IPlacedChange
    {
        public Vector128<float> Apply(Vector128<float> pixel, int x, int y)
        {
            var light = glow.At(x, y) * strength;
            return pixel + light - pixel * light;
        }
    }
}
