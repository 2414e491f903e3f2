using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Framelane.Rendering.Effects;
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
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Reach At(Vector256<float> x, Vector256<float> y)
        {
            var (across, down) = (x - Vector256.Create(middleX), y - Vector256.Create(middleY));
            // A pixel's width, by the angle under which it is seen.
            var softness = Vector256.Create(edges / MathF.Tau) / (Wide.Length(across, down) + Vector256<float>.One);
            return new(Wide.Fraction(Turns(across, down) * edges), softness);
        }

        /// <summary>The direction of a point as seen from the origin: turns clockwise from straight up, 0 to 1, to within 1/20,000.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector256<float> Turns(Vector256<float> x, Vector256<float> y)
        {
            var (across, along) = (Vector256.Abs(x), Vector256.Abs(y));
            var longer = Vector256.Max(Vector256.Max(across, along), Vector256.Create(1e-9f));
            var ratio = Vector256.Min(across, along) / longer;
            var square = ratio * ratio;
            // Atan over one eighth of the circle, fitted to its ends.
            var eighth = (((square * -0.0464965f + Vector256.Create(0.1593142f)) * square - Vector256.Create(0.3276228f)) * square + Vector256<float>.One) * ratio * (1 / MathF.Tau);
            var quarter = Vector256.ConditionalSelect(Vector256.LessThan(across, along), eighth, Vector256.Create(0.25f) - eighth);
            var half = Vector256.ConditionalSelect(Vector256.GreaterThan(y, Vector256<float>.Zero), Vector256.Create(0.5f) - quarter, quarter);
            return Vector256.ConditionalSelect(Vector256.LessThan(x, Vector256<float>.Zero), Vector256<float>.One - half, half);
        }
    }
}
