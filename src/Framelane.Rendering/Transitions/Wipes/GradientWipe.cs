using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Framelane.Rendering.Effects;
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
        readonly Sampler pixels = new(from);
        readonly float width = from.Width;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Reach At(Vector256<float> x, Vector256<float> y)
        {
            var shade = Block.LumaOf(pixels.Pixels(x.Whole(), (int)y[0]));
            return new((shade + x * (1 / width)) * 0.5f, Softness);
        }
    }
}
