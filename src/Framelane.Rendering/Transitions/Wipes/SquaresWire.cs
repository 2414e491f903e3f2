using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Framelane.Rendering.Frames;
using Framelane.Rendering.Transitions.Kernels;

namespace Framelane.Rendering.Transitions.Wipes;

/// <summary>Squares open in a grid from the upper left to the lower right; what is left of the first picture between them thins out like the wires of a mesh.</summary>
sealed class SquaresWire : ITransition
{
    // Of the longer side.
    const int Squares = 12;

    // Of the whole time that one square takes to open.
    const float Opening = 0.5f;

    public string Name => "squares_wire";

    public bool KeepsOpaque => true;

    public void Draw(PixelBuffer from, PixelBuffer to, double progress, PixelBuffer target) =>
        Reveal.Draw(from, to, progress, target, new Shape(target.Width, target.Height));

    readonly struct Shape(float width, float height) : IShape
    {
        readonly float side = Math.Max(width, height) / Squares;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Reach At(Vector256<float> x, Vector256<float> y)
        {
            var (column, row) = (x * (1 / side), y * (1 / side));
            var (left, top) = (Vector256.Floor(column), Vector256.Floor(row));
            var fromMiddle = Vector256.Max(Vector256.Abs(column - left - Vector256.Create(0.5f)), Vector256.Abs(row - top - Vector256.Create(0.5f))) * 2;
            var order = (left + top) * (side / (width + height));
            return new(Vector256.Min(Vector256<float>.One, order * (1 - Opening) + fromMiddle * Opening), 2 * Opening / side);
        }
    }
}
