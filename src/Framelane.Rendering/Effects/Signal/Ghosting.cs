using System.Runtime.Intrinsics;
using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Effects.Signal;

/// <summary>A signal that arrives again by longer ways, as an aerial receives it from hills: fainter copies to the right of everything.</summary>
sealed class Ghosting : IEffect
{
    // Of the width, and of the signal.
    static readonly (float Shift, float Strength)[] Ways = [(0.035f, 0.5f), (0.07f, 0.32f), (0.105f, 0.2f)];

    public string Name => "ghosting";

    public void Apply(PixelBuffer picture, in EffectCall call)
    {
        using var copy = call.Pool.RentCopy(picture);
        PixelKernel.RunPlaced(picture, new Copies(new(copy.Buffer), picture.Width, call.Intensity));
    }

    readonly struct Copies(Sampler source, int width, float intensity) : IPlacedChange
    {
        readonly int first = (int)MathF.Round(Ways[0].Shift * width), second = (int)MathF.Round(Ways[1].Shift * width), third = (int)MathF.Round(Ways[2].Shift * width);
        readonly float whole = 1 / (1 + intensity * (Ways[0].Strength + Ways[1].Strength + Ways[2].Strength));

        public Vector128<float> Apply(Vector128<float> pixel, int x, int y) => whole * (pixel + intensity * (
            Ways[0].Strength * PixelKernel.Unpack(source.Pixel(x - first, y))
            + Ways[1].Strength * PixelKernel.Unpack(source.Pixel(x - second, y))
            + Ways[2].Strength * PixelKernel.Unpack(source.Pixel(x - third, y))));
    }
}
