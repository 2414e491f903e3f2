using Framelane.Application.Abstractions;
using Framelane.Application.Renders.Scenes;
using Framelane.Rendering.Compositing;
using Framelane.Rendering.Timelines;
using SkiaSharp;

namespace Framelane.Rendering.Engine;

/// <summary>How large a video or an image is decoded: no larger than it is shown, where it keeps one size and nothing counts its pixels.</summary>
static class DecodedSize
{
    /// <returns>Pixels, in the picture's shape; its own where one side is shown at that size or larger, where its size changes, and where nothing of it is shown.</returns>
    public static (int Width, int Height) Of(PictureElement element, Placement placement, PictureFacts picture) =>
        KeepsItsSize(element, placement)
            ? Of(picture, LayerPainter.Crop(element, picture.Width, picture.Height), placement.Width, placement.Height, element.Fit, Math.Abs(placement.ScaleX), Math.Abs(placement.ScaleY))
            : (picture.Width, picture.Height);

    /// <returns>By URL, for the largest use of each image.</returns>
    public static IReadOnlyDictionary<string, (int Width, int Height)> OfImages(Timeline timeline, string? background, IReadOnlyDictionary<string, MediaFacts> facts)
    {
        var sizes = new Dictionary<string, (int Width, int Height)>();
        foreach (var (image, placement) in Images(timeline))
            Enlarge(image.SourceUrl, Of(image, placement, facts[image.SourceUrl].Picture!));
        if (background is not null && facts[background].Picture is { } picture)
            Enlarge(background, Of(picture, new(0, 0, picture.Width, picture.Height), timeline.Width, timeline.Height, Fit.Cover));
        return sizes;

        void Enlarge(string url, (int Width, int Height) size)
        {
            var (width, height) = sizes.GetValueOrDefault(url);
            sizes[url] = (Math.Max(width, size.Width), Math.Max(height, size.Height));
        }
    }

    static (int Width, int Height) Of(PictureFacts picture, SKRect crop, double width, double height, Fit fit, double scaleX = 1, double scaleY = 1)
    {
        // Colours run out of what is transparent; and of nothing no size follows.
        if (picture.HasAlpha || crop is { Width: <= 0 } or { Height: <= 0 })
            return (picture.Width, picture.Height);
        var fitting = Fitting.Of(crop, (float)width, (float)height, fit);
        // One for both sides: what is cut and fitted is what was decoded, by its shape.
        var factor = Math.Max(fitting.Target.Width / fitting.Source.Width * scaleX, fitting.Target.Height / fitting.Source.Height * scaleY);
        return (Side(picture.Width, factor), Side(picture.Height, factor));
    }

    static IEnumerable<(ImageElement Image, Placement Placement)> Images(Timeline timeline) => timeline.Layers.SelectMany(
        layer => layer.Element is ImageElement image ? [(image, layer.Placement)] : layer.Nested is { } nested ? Images(nested) : []);

    // What is turned out of the canvas's plane comes nearer on one side.
    static bool KeepsItsSize(PictureElement element, Placement placement) =>
        element is { Motion.Count: 0, Effects.Count: 0, Blur: 0, Sharpness: 0, Noise: 0 } && placement is { XRotation: 0, YRotation: 0 };

    static int Side(int pixels, double factor) => (int)Math.Clamp(Math.Round(pixels * factor), 1, pixels);
}
