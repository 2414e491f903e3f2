using System.Runtime.Intrinsics;
using Framelane.Rendering.Frames;
using Framelane.Rendering.Transitions.Kernels;

namespace Framelane.Rendering.Transitions.Wipes;

/// <summary>The first picture's own shades lead a soft edge from left to right: what is dark gives way before what is light.</summary>
sealed class GradientWipe : ITransition
{
    const float Softness = 0.2f;

    public string Name => "gradient_wipe";

    public bool KeepsOpaque => true;

    public void Draw(PixelBuffer from, PixelBuffer to, double progress, PixelBuffer target) =>
        Reveal.Draw(from, to, progress, target, new Shades(from));

    readonly struct Shades(PixelBuffer from) : IShape
    {
        readonly float width = from.Width;

        public Reach At(Vector256<float> x, Vector256<float> y)
        {
            Span<uint> pixels = stackalloc uint[Lanes.Count];
            var row = from.PixelsOf((int)y[0])[(int)x[0]..];
            row[..Math.Min(row.Length, Lanes.Count)].CopyTo(pixels);
            var bits = Vector256.Create<uint>(pixels);
            // The luma of BT.709.
            var shade = Channel(bits >> 16) * (0.2126f / 255) + Channel(bits >> 8) * (0.7152f / 255) + Channel(bits) * (0.0722f / 255);
            return new((shade + x * (1 / width)) * 0.5f, Softness);
        }

        static Vector256<float> Channel(Vector256<uint> bits) => Vector256.ConvertToSingle((bits & Vector256.Create(255u)).AsInt32());
    }
}
