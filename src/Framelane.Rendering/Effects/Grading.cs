using Framelane.Application.Renders.Scenes;

namespace Framelane.Rendering.Effects;

/// <summary>An element's colour fields as one matrix: exposure, brightness, contrast, saturation, hue, in this order.</summary>
static class Grading
{
    // Encoded values follow light by about this power.
    const double Gamma = 2.2;

    // At 100 and −100.
    const double Stops = 2;

    /// <summary>Null where it would change nothing.</summary>
    public static ColorMatrix? Of(PictureElement element) =>
        element is { Exposure: 0, Brightness: 0, Contrast: 0, Saturation: 0, HueRotate: 0 }
            ? null
            : ColorMatrix.Scale(Math.Pow(2, element.Exposure / 100 * Stops / Gamma))
                .Then(ColorMatrix.Scale(1, element.Brightness / 100))
                .Then(ColorMatrix.Scale(1 + element.Contrast / 100, -element.Contrast / 200))
                .Then(ColorMatrix.Saturate(1 + element.Saturation / 100))
                .Then(ColorMatrix.RotateHue(element.HueRotate));
}
