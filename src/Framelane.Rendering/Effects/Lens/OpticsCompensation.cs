using System.Runtime.CompilerServices;
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
        PixelKernel.Fill(picture, new Barrel(new(copy.Buffer), (picture.Width - 1) / 2f, (picture.Height - 1) / 2f, call.Intensity * Strongest));
    }

    readonly struct Barrel(Sampler source, float middleX, float middleY, float strength) : IBlockFill
    {
        readonly float corner = strength / Math.Max(1, middleX * middleX + middleY * middleY), scale = 1 / (1 + strength);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<uint> At(Place place)
        {
            var (across, down) = (place.X.Plus(-middleX), place.Row - middleY);
            var factor = ((across * across).Plus(down * down) * corner).Plus(1) * scale;
            return source.PixelsAt((across * factor).Plus(middleX), (factor * down).Plus(middleY));
        }
    }
}
