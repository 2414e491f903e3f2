using System.Runtime.Intrinsics;
using Framelane.Rendering.Frames;
using Framelane.Rendering.Transitions.Kernels;

namespace Framelane.Rendering.Transitions.Wipes;

/// <summary>Sharp edges that turn clockwise about the middle: one from twelve o'clock once round, or the many of a pinwheel.</summary>
sealed class Angular : ITransition
{
    const int Vanes = 8;

    public static readonly Angular Clock = new("angular", 1);
    public static readonly Angular Pinwheel = new("pinwheel", Vanes);

    readonly int edges;

    Angular(string name, int edges) => (Name, this.edges) = (name, edges);

    public string Name { get; }

    public bool KeepsOpaque => true;

    public void Draw(PixelBuffer from, PixelBuffer to, double progress, PixelBuffer target) =>
        Reveal.Draw(from, to, progress, target, new Sweep(target.Width / 2f, target.Height / 2f, edges));

    readonly struct Sweep(float middleX, float middleY, float edges) : IShape
    {
        public Reach At(Vector256<float> x, Vector256<float> y)
        {
            var (across, down) = (x - Vector256.Create(middleX), y - Vector256.Create(middleY));
            // A pixel's width, by the angle under which it is seen.
            var softness = Vector256.Create(edges / MathF.Tau) / (Lanes.Length(across, down) + Vector256<float>.One);
            return new(Lanes.Fraction(Lanes.Turns(across, down) * edges), softness);
        }
    }
}
