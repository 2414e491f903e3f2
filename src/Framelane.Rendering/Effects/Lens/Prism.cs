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
        PixelKernel.Fill(refracted.Buffer, new Refraction(new(small.Buffer), small.Buffer.Width));
        PixelKernel.RunPacked(picture, new Glass(refracted.Enlarge(), picture.Width, call.Intensity));
    }

    static (float Red, float Green, float Blue)[] Whole((float Red, float Green, float Blue)[] parts) =>
        [.. parts.Select(part => (part.Red / parts.Sum(each => each.Red), part.Green / parts.Sum(each => each.Green), part.Blue / parts.Sum(each => each.Blue)))];

    readonly struct Refraction(Sampler source, int width) : IBlockFill
    {
        // Of blue and red, and of green and alpha.
        static readonly (Vector256<ushort> Even, Vector256<ushort> Odd)[] Weights = [.. Spectrum.Index().Select(each =>
            (Of(each.Index, part => part.Blue, part => part.Red), Of(each.Index, part => part.Green, _ => 1f / Spectrum.Length)))];

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<uint> At(Place place)
        {
            // Towards the middle, and a little down on one side and up on the other.
            var (isLeft, isRight) = (place.Column + Block.Width <= width / 2, place.Column >= width / 2);
            return isLeft ? Seen(place, width) : isRight ? Seen(place, -width)
                : Vector256.ConditionalSelect(Vector256.LessThan(place.Columns, Vector256.Create(width / 2)).AsUInt32(), Seen(place, width), Seen(place, -width));
        }

        Vector256<uint> Seen(Place place, float side)
        {
            var (even, odd) = (Vector256.Create((ushort)(Packed.One / 2)), Vector256.Create((ushort)(Packed.One / 2)));
            for (var i = 0; i < Weights.Length; i++)
            {
                var way = side * (Shift + Spread * ((float)i / (Spectrum.Length - 1) - 0.5f));
                var seen = source.PixelsAt(place, way, way * 0.25f);
                even += Packed.Even(seen) * Weights[i].Even;
                odd += Packed.Odd(seen) * Weights[i].Odd;
            }

            var pixels = Packed.Join(even >>> 8, odd >>> 8);
            return Vector256.Min(pixels.AsByte(), Packed.Alpha(pixels).AsByte()).AsUInt32();
        }

        static Vector256<ushort> Of(int index, Func<(float Red, float Green, float Blue), float> lower, Func<(float Red, float Green, float Blue), float> upper) =>
            Vector256.Create(Weight(index, lower) | Weight(index, upper) << 16).AsUInt16();

        /// <summary>Rounded so that all together are a whole.</summary>
        static int Weight(int index, Func<(float Red, float Green, float Blue), float> channel)
        {
            int Until(int end) => (int)MathF.Round(Spectrum.Take(end).Sum(channel) * Packed.One);
            return Until(index + 1) - Until(index);
        }
    }

    readonly struct Glass(Enlarged refracted, float width, float intensity) : IPackedChange
    {
        readonly float step = 2 / width;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<uint> Apply(Vector256<uint> pixels, Place place)
        {
            var share = Wide.Step(0.25f, 0.85f, Vector256.Abs((place.X * step).Plus(step / 2 - 1)));
            return Packed.Mix(pixels, refracted.PixelsAt(place), Packed.Weights(share * (intensity * Strongest)));
        }
    }
}
