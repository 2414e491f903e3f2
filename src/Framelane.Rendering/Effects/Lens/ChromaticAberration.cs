using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
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
        PixelKernel.RunPacked(picture, new Fringes(new(copy.Buffer), (picture.Width - 1) / 2f, (picture.Height - 1) / 2f, call.Intensity * Strongest));
    }

    readonly struct Fringes(Sampler source, float middleX, float middleY, float strength) : IPackedChange
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<uint> Apply(Vector256<uint> pixels, Place place)
        {
            var (across, down) = (place.X.Plus(-middleX) * strength, (place.Row - middleY) * strength);
            var (red, blue) = (source.BlueAndRedAt(place.X - across, place.Row - down), source.BlueAndRedAt(place.X + across, place.Row + down));
            var alpha = Packed.Alpha(pixels) & Vector256.Create(0x00ff00ffu);
            var both = Vector256.Min((red & Vector256.Create(0x00ff0000u) | blue & Vector256.Create(0x000000ffu)).AsByte(), alpha.AsByte()).AsUInt32();
            return pixels & Vector256.Create(0xff00ff00u) | both;
        }
    }
}
