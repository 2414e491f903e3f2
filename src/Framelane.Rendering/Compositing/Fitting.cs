using Framelane.Application.Renders.Scenes;
using SkiaSharp;

namespace Framelane.Rendering.Compositing;

/// <summary>Which part of a picture is drawn where.</summary>
/// <param name="Source">In the picture, pixels.</param>
/// <param name="Target">In the box, pixels from its top left.</param>
readonly record struct Fitting(SKRect Source, SKRect Target)
{
    public static Fitting Of(SKRect source, float width, float height, Fit fit)
    {
        var box = new SKRect(0, 0, width, height);
        return fit switch
        {
            Fit.Cover => new(Middle(source, width / height), box),
            Fit.Contain => new(source, Middle(box, source.Width / source.Height)),
            _ => new(source, box),
        };
    }

    /// <param name="zoom">Above 0, about the box's middle.</param>
    public Fitting Zoom(double zoom, float width, float height) => this with
    {
        Target = SKMatrix.CreateScale((float)zoom, (float)zoom, width / 2, height / 2).MapRect(Target),
    };

    /// <summary>Of a picture that begins elsewhere.</summary>
    public Fitting MovedBy(int right, int down)
    {
        var source = Source;
        source.Offset(right, down);
        return this with { Source = source };
    }

    // The largest part of that shape in the middle.
    static SKRect Middle(SKRect whole, float shape)
    {
        var (width, height) = whole.Width > whole.Height * shape ? (whole.Height * shape, whole.Height) : (whole.Width, whole.Width / shape);
        return SKRect.Create(whole.MidX - width / 2, whole.MidY - height / 2, width, height);
    }
}
