using System.Runtime.Intrinsics;
using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Effects.Lens;

/// <summary>A wide lens's barrel distortion, by the first term of Brown's model: the middle swells, straight lines bow outwards, the corners stay where they are.</summary>
sealed class OpticsCompensation : IEffect
{
    // How much larger the middle is, at full intensity.
    const float Strongest = 0.5f;

    public string Name => "optics_compensation";

    public void Apply(PixelBuffer picture, in EffectCall call)
    {
        using var copy = call.Pool.RentCopy(picture);
        PixelKernel.RunPlaced(picture, new Barrel(new(copy.Buffer), (picture.Width - 1) / 2f, (picture.Height - 1) / 2f, call.Intensity * Strongest));
    }

    readonly struct Barrel(Sampler source, float middleX, float middleY, float strength) : IPlacedChange
    {
        readonly float corner = 1 / Math.Max(1, middleX * middleX + middleY * middleY), scale = 1 / (1 + strength);

        public Vector128<float> Apply(Vector128<float> pixel, int x, int y)
        {
            var (across, down) = (x - middleX, y - middleY);
            var factor = (1 + strength * (across * across + down * down) * corner) * scale;
            return source.At(middleX + across * factor, middleY + down * factor);
        }
    }
}
