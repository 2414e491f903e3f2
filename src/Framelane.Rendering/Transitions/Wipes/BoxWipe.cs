using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Framelane.Rendering.Frames;
using Framelane.Rendering.Transitions.Kernels;

namespace Framelane.Rendering.Transitions.Wipes;

/// <summary>A box of the picture's own shape grows from its middle.</summary>
sealed class BoxWipe : ITransition
{
    public string Name => "box_wipe";

    public bool KeepsOpaque => true;

    public void Draw(PixelBuffer from, PixelBuffer to, double progress, PixelBuffer target) =>
        Reveal.Draw(from, to, progress, target, new Shape(target.Width / 2f, target.Height / 2f));

    readonly struct Shape(float middleX, float middleY) : IShape
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Reach At(Vector256<float> x, Vector256<float> y)
        {
            var (across, down) = (Vector256.Abs(x * (1 / middleX) - Vector256<float>.One), Vector256.Abs(y * (1 / middleY) - Vector256<float>.One));
            return new(
                Vector256.Max(across, down),
                Vector256.ConditionalSelect(Vector256.GreaterThan(across, down), Vector256.Create(1 / middleX), Vector256.Create(1 / middleY)));
        }
    }
}
