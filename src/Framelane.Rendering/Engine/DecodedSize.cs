using Framelane.Application.Abstractions;
using Framelane.Application.Renders.Scenes;
using Framelane.Rendering.Compositing;
using Framelane.Rendering.Timelines;

namespace Framelane.Rendering.Engine;

/// <summary>How large a video is decoded: no larger than it is shown, where it keeps one size and nothing counts its pixels.</summary>
static class DecodedSize
{
    /// <returns>Pixels; the picture's own where it is shown at that size or larger, where its size changes, and where nothing of it is shown.</returns>
    public static (int Width, int Height) Of(PlannedLayer layer, PictureFacts picture)
    {
        if (picture.HasAlpha || !KeepsItsSize(layer))
            return (picture.Width, picture.Height);
        var (width, height) = ((float)layer.Placement.Width, (float)layer.Placement.Height);
        var crop = LayerPainter.Crop(layer.Element, picture.Width, picture.Height);
        // Of nothing no size follows.
        if (crop is { Width: <= 0 } or { Height: <= 0 })
            return (picture.Width, picture.Height);
        var fitting = Fitting.Of(crop, width, height, layer.Element.Fit);
        return (
            Side(picture.Width, fitting.Target.Width / fitting.Source.Width * Math.Abs(layer.Placement.ScaleX)),
            Side(picture.Height, fitting.Target.Height / fitting.Source.Height * Math.Abs(layer.Placement.ScaleY)));
    }

    // What is turned out of the canvas's plane comes nearer on one side.
    static bool KeepsItsSize(PlannedLayer layer) => layer is
    {
        Element: VideoElement { Motion.Count: 0, Effects.Count: 0, Blur: 0, Sharpness: 0, Noise: 0 },
        Placement: { XRotation: 0, YRotation: 0 },
    };

    static int Side(int pixels, double factor) => (int)Math.Clamp(Math.Round(pixels * factor), 1, pixels);
}
