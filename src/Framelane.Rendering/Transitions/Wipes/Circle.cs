using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Framelane.Rendering.Effects;
using Framelane.Rendering.Frames;
using Framelane.Rendering.Transitions.Kernels;

namespace Framelane.Rendering.Transitions.Wipes;

/// <summary>A circle opens from the middle: an iris with a sharp rim, as in silent films, the other with a soft one.</summary>
sealed class Circle : ITransition
{
    // Of the way from the middle to a corner.
    const float SoftRim = 0.3f;

    public static readonly Circle Iris = new("iris", 0);
    public static readonly Circle Open = new("circle_open", SoftRim);

    readonly float rim;

    Circle(string name, float rim) => (Name, this.rim) = (name, rim);

    public string Name { get; }

    public bool KeepsOpaque => true;

    public void Draw(PixelBuffer from, PixelBuffer to, double progress, PixelBuffer target) =>
        Reveal.Draw(from, to, progress, target, new Disc(target.Width / 2f, target.Height / 2f, rim));

    readonly struct Disc(float middleX, float middleY, float rim) : IShape
    {
        readonly float scale = 1 / MathF.Sqrt(middleX * middleX + middleY * middleY);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Reach At(Vector256<float> x, Vector256<float> y) =>
            new(Wide.Length(x - Vector256.Create(middleX), y - Vector256.Create(middleY)) * scale, Math.Max(rim, scale));
    }
}
