using Framelane.Rendering.Timelines;
using SkiaSharp;

namespace Framelane.Rendering.Compositing;

/// <summary>From an element's box to the canvas: scaled, turned in the plane, about the vertical and about the horizontal axis, and seen from before the canvas's middle.</summary>
static class Perspective
{
    // A lens of 50 mm before a film of 36 mm.
    const double ViewerInWidths = 50.0 / 36;

    public static SKMatrix Of(in Placement placement, int canvasWidth, int canvasHeight)
    {
        var (sinX, cosX) = SinCos(placement.XRotation);
        var (sinY, cosY) = SinCos(placement.YRotation);
        var (sinZ, cosZ) = SinCos(placement.ZRotation);

        // The images of the box's right and down: about z, then y, then x; z grows away from the viewer.
        var (rightX, rightY, rightZ) = Turn(cosZ * placement.ScaleX, sinZ * placement.ScaleX);
        var (downX, downY, downZ) = Turn(-sinZ * placement.ScaleY, cosZ * placement.ScaleY);
        (double X, double Y, double Z) Turn(double x, double y) => (x * cosY, y * cosX + x * sinY * sinX, x * sinY * cosX - y * sinX);

        var distance = canvasWidth * ViewerInWidths;
        var (middleX, middleY) = (canvasWidth / 2.0, canvasHeight / 2.0);
        var (u, v) = (rightZ / distance, downZ / distance);
        var matrix = new SKMatrix(
            (float)(rightX + middleX * u), (float)(downX + middleX * v), (float)placement.X,
            (float)(rightY + middleY * u), (float)(downY + middleY * v), (float)placement.Y,
            (float)u, (float)v, 1);
        return matrix.PreConcat(SKMatrix.CreateTranslation((float)-placement.AnchorX, (float)-placement.AnchorY));
    }

    // Exact for quarter turns, whose pixels then stay pixels.
    static (double Sin, double Cos) SinCos(double degrees) => degrees % 90 == 0
        ? ((int)(degrees / 90 % 4) switch { 1 or -3 => 1, 3 or -1 => -1, _ => 0 }, (int)(degrees / 90 % 4) switch { 0 => 1, 2 or -2 => -1, _ => 0 })
        : Math.SinCos(degrees * Math.PI / 180);
}
