using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Framelane.Rendering.Effects;
using Framelane.Rendering.Frames;
using Framelane.Rendering.Transitions.Kernels;

namespace Framelane.Rendering.Transitions.Wipes;

/// <summary>The second picture is hatched in from the middle: slanted strokes that thicken, then others across them.</summary>
sealed class Crosshatch : ITransition
{
    // Of the shorter side.
    const int Strokes = 28;

    // Of the whole time: until the middle's edge is at the corners, until strokes meet, from the first strokes to those across, and how unlike strokes are.
    const float Spreading = 0.35f, Thickening = 0.4f, Crossing = 0.05f, Unlike = 0.2f;

    public string Name => "crosshatch";

    public bool KeepsOpaque => true;

    public void Draw(PixelBuffer from, PixelBuffer to, double progress, PixelBuffer target) =>
        Reveal.Draw(from, to, progress, target, new Shape(target.Width / 2f, target.Height / 2f));

    readonly struct Shape(float middleX, float middleY) : IShape
    {
        readonly float perPixel = Strokes / (2 * Math.Min(middleX, middleY)) / MathF.Sqrt(2);
        readonly float scale = Spreading / MathF.Sqrt(middleX * middleX + middleY * middleY);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Reach At(Vector256<float> x, Vector256<float> y)
        {
            var spread = Wide.Length(x - Vector256.Create(middleX), y - Vector256.Create(middleY)) * scale;
            var first = Stroke((x + y) * perPixel, 0);
            var across = Stroke((x - y) * perPixel, 1) + Vector256.Create(Crossing);
            return new(spread + Vector256.Min(first, across), 2 * Thickening * perPixel);
        }

        static Vector256<float> Stroke(Vector256<float> place, int direction)
        {
            var number = Vector256.Floor(place);
            var fromLine = Vector256.Abs(place - number - Vector256.Create(0.5f)) * 2;
            return fromLine * Thickening + Lattice.Chance(number.Whole(), Vector256.Create(direction)) * Unlike;
        }
    }
}
