using System.Runtime.CompilerServices;
using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Effects.Lens;

/// <summary>A lens that magnifies red more and blue less than green: coloured edges that grow from the middle outwards, within the picture's shape.</summary>
sealed class ChromaticAberration : IEffect
{
    // By how much more or less, at full intensity.
    const float Strongest = 0.016f;

    public string Name => "chromatic_aberration";

    public void Apply(PixelBuffer picture, in EffectCall call)
    {
        using var copy = call.Pool.RentCopy(picture);
        PixelKernel.RunBlocks(picture, new Fringes(new(copy.Buffer), (picture.Width - 1) / 2f, (picture.Height - 1) / 2f, call.Intensity * Strongest));
    }

    readonly struct Fringes(Sampler source, float middleX, float middleY, float strength) : IBlockChange
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Block Apply(Block pixels, Place place)
        {
            var (across, down) = (place.X.Plus(-middleX) * strength, (place.Row - middleY) * strength);
            var (red, blue) = (source.BlueAndRed(place.X - across, place.Row - down).Red, source.BlueAndRed(place.X + across, place.Row + down).Blue);
            return new(blue, pixels.Green, red, pixels.Alpha);
        }
    }
}
