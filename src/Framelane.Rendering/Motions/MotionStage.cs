using Framelane.Rendering.Compositing;
using Framelane.Rendering.Timelines;
using SkiaSharp;

namespace Framelane.Rendering.Motions;

/// <summary>What a motion sees of its surroundings, in pixels: the canvas, and how far the element's box reaches on it at rest, scaled and turned.</summary>
public readonly record struct MotionStage(double CanvasWidth, double CanvasHeight, double Left, double Top, double Right, double Bottom)
{
    /// <summary>Whether the element is a character of a text; its canvas and its box are then an em.</summary>
    public bool IsCharacter { get; init; }

    /// <summary>Of the box itself, scaled and before it is turned.</summary>
    public double BoxWidth { get; init; } = Right - Left;

    /// <summary>Of the box itself, scaled and before it is turned.</summary>
    public double BoxHeight { get; init; } = Bottom - Top;

    /// <summary>The shorter side of what may be seen of the box, however it is turned.</summary>
    public double Shorter => Math.Min(Math.Min(BoxWidth, BoxHeight), Math.Min(CanvasWidth, CanvasHeight));

    /// <summary>What, added to X, takes it off the canvas to the left.</summary>
    public double ToLeft => -Right * Depth;

    /// <summary>What, added to X, takes it off the canvas to the right.</summary>
    public double ToRight => (CanvasWidth - Left) * Depth;

    /// <summary>What, added to Y, takes it off the canvas upwards.</summary>
    public double ToTop => -Bottom * Depth;

    /// <summary>What, added to Y, takes it off the canvas downwards.</summary>
    public double ToBottom => (CanvasHeight - Top) * Depth;

    /// <summary>At rest.</summary>
    Placement Placement { get; init; }

    /// <summary>How far away its farthest corner is, in the canvas's distance: what is twice as far moves half as far on the canvas.</summary>
    double Depth { get; init; } = 1;

    public static MotionStage Of(in Placement placement, int canvasWidth, int canvasHeight)
    {
        var matrix = Perspective.Of(placement, canvasWidth, canvasHeight);
        var (width, height) = ((float)placement.Width, (float)placement.Height);
        var covered = matrix.MapRect(new SKRect(0, 0, width, height));
        return new(canvasWidth, canvasHeight, covered.Left, covered.Top, covered.Right, covered.Bottom)
        {
            BoxWidth = placement.Width * Math.Abs(placement.ScaleX),
            BoxHeight = placement.Height * Math.Abs(placement.ScaleY),
            Placement = placement,
            Depth = DepthOf(matrix, placement, matrix.Persp0 > 0 ? width : 0, matrix.Persp1 > 0 ? height : 0),
        };
    }

    /// <summary>What, added to X and Y, leaves the middle of the edge that is seen above where it is while it is turned by so many degrees.</summary>
    public (double X, double Y) Hang(double degrees)
    {
        var (rest, _) = Hinge(Placement);
        var (turned, depth) = Hinge(Placement with { ZRotation = Placement.ZRotation + degrees });
        return ((rest.X - turned.X) * depth, (rest.Y - turned.Y) * depth);
    }

    (SKPoint Point, double Depth) Hinge(in Placement placement)
    {
        var matrix = Perspective.Of(placement, (int)CanvasWidth, (int)CanvasHeight);
        var (middle, above) = ((float)placement.Width / 2, placement.ScaleY < 0 ? (float)placement.Height : 0);
        return (matrix.MapPoint(middle, above), DepthOf(matrix, placement, middle, above));
    }

    // The anchor lies in the canvas's plane; of the matrix itself only ratios count.
    static double DepthOf(in SKMatrix matrix, in Placement placement, double x, double y) =>
        (matrix.Persp0 * x + matrix.Persp1 * y + matrix.Persp2) / (matrix.Persp0 * placement.AnchorX + matrix.Persp1 * placement.AnchorY + matrix.Persp2);
}
