using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Framelane.Rendering.Frames;
using Framelane.Rendering.Transitions.Kernels;

namespace Framelane.Rendering.Transitions.Wipes;

/// <summary>Two edges part from the middle: to left and right where the doors slide horizontally, up and down where vertically.</summary>
sealed class BarnDoors : ITransition
{
    public static readonly BarnDoors Horizontal = new("barn_doors_horizontal", isHorizontal: true);
    public static readonly BarnDoors Vertical = new("barn_doors_vertical", isHorizontal: false);

    readonly bool isHorizontal;

    BarnDoors(string name, bool isHorizontal) => (Name, this.isHorizontal) = (name, isHorizontal);

    public string Name { get; }

    public bool KeepsOpaque => true;

    public void Draw(PixelBuffer from, PixelBuffer to, double progress, PixelBuffer target)
    {
        if (isHorizontal)
            Reveal.Draw(from, to, progress, target, new Across(target.Width / 2f));
        else
            Reveal.Draw(from, to, progress, target, new Down(target.Height / 2f));
    }

    readonly struct Across(float half) : IShape
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Reach At(Vector256<float> x, Vector256<float> y) => new(Vector256.Abs(x * (1 / half) - Vector256<float>.One), 1 / half);
    }

    readonly struct Down(float half) : IShape
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Reach At(Vector256<float> x, Vector256<float> y) => new(Vector256.Abs(y * (1 / half) - Vector256<float>.One), 1 / half);
    }
}
