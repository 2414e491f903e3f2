using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Framelane.Rendering.Frames;
using Framelane.Rendering.Transitions.Kernels;

namespace Framelane.Rendering.Transitions.Wipes;

/// <summary>A heart grows from the middle: a square on its corner with a half circle on each of its two upper sides.</summary>
sealed class Heart : ITransition
{
    public string Name => "heart";

    public bool KeepsOpaque => true;

    public void Draw(PixelBuffer from, PixelBuffer to, double progress, PixelBuffer target) =>
        Reveal.Draw(from, to, progress, target, new Shape(target.Width / 2f, target.Height / 2f));

    readonly struct Shape(float middleX, float middleY) : IShape
    {
        // The lower corners are reached last, by the square.
        readonly float scale = 1 / (middleX + middleY);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Reach At(Vector256<float> x, Vector256<float> y)
        {
            var (across, up) = (Vector256.Abs(x - Vector256.Create(middleX)), Vector256.Create(middleY) - y);
            // The half diagonal of the square on whose rim the point lies, and of that on whose half circle it does: both circles go through the middle.
            var square = across + Vector256.Abs(up);
            var circle = (across * across + up * up) / (across + up);
            var size = Vector256.ConditionalSelect(Vector256.GreaterThan(across + up, Vector256<float>.Zero), Vector256.Min(square, circle), square);
            return new(size * scale, 1.4f * scale);
        }
    }
}
