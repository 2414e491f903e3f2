using Framelane.Application.Renders.Scenes;

namespace Framelane.Rendering.Timelines;

/// <summary>Where an element lies on its canvas: pixels, degrees and factors, all finite.</summary>
/// <param name="X">Where the anchor lies on the canvas.</param>
/// <param name="AnchorX">The anchor within the box, from its left.</param>
/// <param name="ScaleX">Negative mirrors; flips are in it.</param>
/// <param name="ContentZoom">How much larger the content is drawn than its box, which cuts it.</param>
public readonly record struct Placement(
    double X,
    double Y,
    double Width,
    double Height,
    double AnchorX,
    double AnchorY,
    double XRotation,
    double YRotation,
    double ZRotation,
    double ScaleX,
    double ScaleY,
    double ContentZoom = 1)
{
    // Far beyond every canvas, and within what a float holds exactly.
    const double Farthest = 1 << 20;

    // Pixels. What is thinner changes no byte; a line of less than a pixel, as on a canvas that is made small, tints those that it lies on.
    const double Thinnest = 1e-3;

    public bool IsEmpty => Width < Thinnest || Height < Thinnest || ScaleX == 0 || ScaleY == 0;

    public static Placement Of(VisualElement element, int canvasWidth, int canvasHeight)
    {
        var (width, height) = Box(element, canvasWidth, canvasHeight);
        return new(
            Bound(element.X.ToPixels(canvasWidth)),
            Bound(element.Y.ToPixels(canvasHeight)),
            width,
            height,
            Bound(element.XAnchor.ToPixels(width)),
            Bound(element.YAnchor.ToPixels(height)),
            Turn(element.XRotation),
            Turn(element.YRotation),
            Turn(element.ZRotation),
            Bound(element.XScale.ToFactor()) * (element.FlipHorizontal ? -1 : 1),
            Bound(element.YScale.ToFactor()) * (element.FlipVertical ? -1 : 1));
    }

    static (double Width, double Height) Box(VisualElement element, int canvasWidth, int canvasHeight)
    {
        var width = element.Width?.ToPixels(canvasWidth);
        var height = element.Height?.ToPixels(canvasHeight);
        if (element.AspectRatio is { } ratio)
        {
            (width, height) = (width, height) switch
            {
                ({ } w, null) => (w, w / ratio),
                (null, { } h) => (h * ratio, h),
                _ => Inside(width ?? canvasWidth, height ?? canvasHeight, ratio),
            };
        }

        return (Math.Max(0, Bound(width ?? canvasWidth)), Math.Max(0, Bound(height ?? canvasHeight)));
    }

    static (double? Width, double? Height) Inside(double width, double height, double ratio) =>
        width > height * ratio ? (height * ratio, height) : (width, width / ratio);

    static double Turn(Dimension angle) => angle.ToDegrees() is var degrees && double.IsFinite(degrees) ? Math.IEEERemainder(degrees, 360) : 0;

    static double Bound(double value) => double.IsNaN(value) ? 0 : Math.Clamp(value, -Farthest, Farthest);
}
