using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Effects.Lens;

/// <summary>A glass prism before the lens: towards the sides the picture is seen again, shifted and spread into the colours of the spectrum, while the middle is clear.</summary>
/// <remarks>A spectrum is six samples from red to violet, whose colours together are white; each side shows what lies further in.</remarks>
sealed class Prism : IEffect
{
    // Of the width: the refracted picture's shift, and how far its red and violet lie apart.
    const float Shift = 0.13f, Spread = 0.075f;

    const float Strongest = 0.75f;

    // Of red, green and blue in each part; each sums to 1.
    static readonly (float Red, float Green, float Blue)[] Spectrum = Whole([(1, 0, 0), (1, 0.5f, 0), (0.5f, 1, 0), (0, 1, 0.5f), (0.1f, 0.4f, 1), (0.4f, 0, 1)]);

    public string Name => "prism";

    public void Apply(PixelBuffer picture, in EffectCall call)
    {
        using var small = Shrunk.Of(picture, 2, call.Pool);
        using var refracted = Shrunk.Empty(picture, 2, call.Pool);
        PixelKernel.RunBlocks(refracted.Buffer, new Refraction(new(small.Buffer), small.Buffer.Width, (small.Buffer.Width - 1) / 2f));
        PixelKernel.RunBlocks(picture, new Glass(refracted.Enlarge(), picture.Width, call.Intensity));
    }

    static (float Red, float Green, float Blue)[] Whole((float Red, float Green, float Blue)[] parts) =>
        [.. parts.Select(part => (part.Red / parts.Sum(each => each.Red), part.Green / parts.Sum(each => each.Green), part.Blue / parts.Sum(each => each.Blue)))];

    readonly struct Refraction(Sampler source, float width, float middle) : IBlockChange
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Block Apply(Block pixels, Place place)
        {
            // Towards the middle, and a little down on one side and up on the other.
            var side = Vector256.ConditionalSelect(Vector256.LessThan(place.X, Vector256.Create(middle)), Vector256.Create(width), Vector256.Create(-width));
            var sum = default(Block);
            for (var i = 0; i < Spectrum.Length; i++)
            {
                var way = side * (Shift + Spread * ((float)i / (Spectrum.Length - 1) - 0.5f));
                var (part, seen) = (Spectrum[i], source.At(place.X + way, (way * 0.25f).Plus(place.Row)));
                sum += new Block(seen.Blue * part.Blue, seen.Green * part.Green, seen.Red * part.Red, seen.Alpha * (1f / Spectrum.Length));
            }

            return sum;
        }
    }

    readonly struct Glass(Enlarged refracted, float width, float intensity) : IBlockChange
    {
        readonly float step = 2 / width;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Block Apply(Block pixels, Place place)
        {
            var share = Wide.Step(0.25f, 0.85f, Vector256.Abs((place.X * step).Plus(step / 2 - 1)));
            return pixels.Mix(refracted.At(place), share * (intensity * Strongest));
        }
    }
}
