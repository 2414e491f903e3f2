using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Framelane.Rendering.Effects;
using Framelane.Rendering.Frames;
using Framelane.Rendering.Transitions.Kernels;

namespace Framelane.Rendering.Transitions.Wipes;

/// <summary>Level bands of the second picture come in by turns from the left and from the right.</summary>
sealed class BandWipe : ITransition
{
    const int Bands = 8;

    public string Name => "band_wipe";

    public bool KeepsOpaque => true;

    public void Draw(PixelBuffer from, PixelBuffer to, double progress, PixelBuffer target) =>
        Reveal.Draw(from, to, progress, target, new Shape(target.Width, target.Height));

    readonly struct Shape(float width, float height) : IShape
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Reach At(Vector256<float> x, Vector256<float> y)
        {
            var fromLeft = x * (1 / width);
            var isEven = Vector256.LessThan(Wide.Fraction(y * (Bands / 2 / height)), Vector256.Create(0.5f));
            return new(Vector256.ConditionalSelect(isEven, fromLeft, Vector256<float>.One - fromLeft), 1 / width);
        }
    }
}
