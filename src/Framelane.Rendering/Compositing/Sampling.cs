using SkiaSharp;

namespace Framelane.Rendering.Compositing;

/// <summary>How pixels are read between pixels: exactly where they meet those of the canvas, from smaller copies where many fall on one.</summary>
static class Sampling
{
    static readonly SKSamplingOptions Exact = new(SKFilterMode.Nearest);
    static readonly SKSamplingOptions Smooth = new(SKFilterMode.Linear);
    static readonly SKSamplingOptions Smaller = new(SKFilterMode.Linear, SKMipmapMode.Linear);

    public static SKSamplingOptions For(in Fitting fitting, in SKMatrix matrix)
    {
        var origin = matrix.MapPoint(fitting.Target.Left, fitting.Target.Top);
        if (fitting.Source.Size == fitting.Target.Size && KeepsPixels(matrix) && IsWhole(origin.X) && IsWhole(origin.Y) && IsWhole(fitting.Source.Left) && IsWhole(fitting.Source.Top))
            return Exact;
        var scaleX = MathF.Sqrt(matrix.ScaleX * matrix.ScaleX + matrix.SkewY * matrix.SkewY) * fitting.Target.Width / fitting.Source.Width;
        var scaleY = MathF.Sqrt(matrix.ScaleY * matrix.ScaleY + matrix.SkewX * matrix.SkewX) * fitting.Target.Height / fitting.Source.Height;
        return scaleX * scaleY < 0.5f ? Smaller : Smooth;
    }

    // Quarter turns and mirrors.
    static bool KeepsPixels(in SKMatrix matrix) =>
        matrix is { Persp0: 0, Persp1: 0 }
        && (matrix is { SkewX: 0, SkewY: 0 } && Math.Abs(matrix.ScaleX) == 1 && Math.Abs(matrix.ScaleY) == 1
            || matrix is { ScaleX: 0, ScaleY: 0 } && Math.Abs(matrix.SkewX) == 1 && Math.Abs(matrix.SkewY) == 1);

    static bool IsWhole(float value) => value == MathF.Round(value);
}
