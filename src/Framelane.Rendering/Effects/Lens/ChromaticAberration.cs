using System.Runtime.Intrinsics;
using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Effects.Lens;

/// <summary>A lens that magnifies red more and blue less than green: coloured edges that grow from the middle outwards.</summary>
sealed class ChromaticAberration : IEffect
{
    // By how much more or less, at full intensity.
    const float Strongest = 0.016f;

    public string Name => "chromatic_aberration";

    public void Apply(PixelBuffer picture, in EffectCall call)
    {
        using var copy = call.Pool.RentCopy(picture);
        PixelKernel.RunPlaced(picture, new Fringes(new(copy.Buffer), (picture.Width - 1) / 2f, (picture.Height - 1) / 2f, call.Intensity * Strongest));
    }

    readonly struct Fringes(Sampler source, float middleX, float middleY, float strength) : IPlacedChange
    {
        public Vector128<float> Apply(Vector128<float> pixel, int x, int y)
        {
            var (across, down) = ((x - middleX) * strength, (y - middleY) * strength);
            var (red, blue) = (source.At(x - across, y - down), source.At(x + across, y + down));
            var alpha = Math.Max(pixel[3], Math.Max(red[3], blue[3]));
            return Vector128.Create(blue[0], pixel[1], red[2], alpha);
        }
    }
}
