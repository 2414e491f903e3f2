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

    // Blue, green and red of each part.
    static readonly Vector128<float>[] Spectrum = Sum(
    [
        Vector128.Create(0, 0, 1f, 0), Vector128.Create(0, 0.5f, 1f, 0), Vector128.Create(0, 1f, 0.5f, 0),
        Vector128.Create(0.5f, 1f, 0, 0), Vector128.Create(1f, 0.4f, 0.1f, 0), Vector128.Create(1f, 0, 0.4f, 0),
    ]);

    public string Name => "prism";

    public void Apply(PixelBuffer picture, in EffectCall call)
    {
        using var small = Shrunk.Of(picture, 2, call.Pool);
        using var refracted = Shrunk.Empty(picture, 2, call.Pool);
        refracted.Buffer.Bytes.Clear();
        PixelKernel.RunPlaced(refracted.Buffer, new Refraction(new(small.Buffer), small.Buffer.Width, (small.Buffer.Width - 1) / 2f));
        PixelKernel.RunPlaced(picture, new Glass(refracted.Enlarge(), picture.Width, call.Intensity));
    }

    static Vector128<float>[] Sum(Vector128<float>[] colors)
    {
        var sum = colors.Aggregate((all, each) => all + each).WithElement(3, 1);
        return [.. colors.Select(color => (color / sum).WithElement(3, 1f / colors.Length))];
    }

    readonly struct Refraction(Sampler source, float width, float middle) : IPlacedChange
    {
        public Vector128<float> Apply(Vector128<float> pixel, int x, int y)
        {
            // Towards the middle, and a little up on one side and down on the other.
            var side = x < middle ? 1f : -1f;
            var sum = Vector128<float>.Zero;
            for (var i = 0; i < Spectrum.Length; i++)
            {
                var way = side * width * (Shift + Spread * ((float)i / (Spectrum.Length - 1) - 0.5f));
                sum += source.At(x + way, y + way * 0.25f) * Spectrum[i];
            }

            return sum;
        }
    }

    readonly struct Glass(Shrunk.Enlarged refracted, float width, float intensity) : IPlacedChange
    {
        readonly float step = 2 / width;

        public Vector128<float> Apply(Vector128<float> pixel, int x, int y)
        {
            var share = intensity * Strongest * Tone.Step(0.25f, 0.85f, Math.Abs((x + 0.5f) * step - 1));
            return share == 0 ? pixel : PixelKernel.Mix(pixel, refracted.At(x, y), share);
        }
    }
}
