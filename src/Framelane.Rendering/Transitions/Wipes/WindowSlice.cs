using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Framelane.Rendering.Frames;
using Framelane.Rendering.Transitions.Kernels;

namespace Framelane.Rendering.Transitions.Wipes;

/// <summary>Upright slices open one after another from the left, each like the slat of a blind.</summary>
sealed class WindowSlice : ITransition
{
    const int Slices = 10;

    // Of the whole time that one slice takes to open.
    const float Opening = 0.5f;

    public string Name => "window_slice";

    public bool KeepsOpaque => true;

    public void Draw(PixelBuffer from, PixelBuffer to, double progress, PixelBuffer target) =>
        Reveal.Draw(from, to, progress, target, new Shape(target.Width));

    readonly struct Shape(float width) : IShape
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Reach At(Vector256<float> x, Vector256<float> y)
        {
            var place = x * (Slices / width);
            var slice = Vector256.Floor(place);
            return new(slice * ((1 - Opening) / (Slices - 1)) + (place - slice) * Opening, Opening * Slices / width);
        }
    }
}
