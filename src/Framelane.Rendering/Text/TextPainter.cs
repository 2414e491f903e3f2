using Framelane.Application.Renders.Scenes;
using Framelane.Rendering.Frames;
using Framelane.Rendering.Timelines;
using SkiaSharp;

namespace Framelane.Rendering.Text;

/// <summary>Draws text layers. Each is laid out once, and its pixels are drawn anew only where it has moved. For one thread.</summary>
sealed class TextPainter(FontLibrary fonts) : IDisposable
{
    // Of pixels that are kept from frame to frame.
    const long KeptBytes = 256 << 20;

    readonly Dictionary<Layer, TextPicture> pictures = new(ReferenceEqualityComparer.Instance);
    readonly LinkedList<TextPicture> latest = [];

    public void Draw(SKCanvas canvas, FramePlan plan, PlannedLayer layer, SKBlendMode blend)
    {
        if (!pictures.TryGetValue(layer.Layer, out var picture))
            pictures[layer.Layer] = picture = new(new((TextElement)layer.Element, (float)layer.Placement.Width, (float)layer.Placement.Height, fonts));
        if (picture.At(layer, plan.Time, plan.Width, plan.Height) is not { } pixels)
            return;
        using var paint = new SKPaint { BlendMode = blend, Color = SKColors.White.WithAlpha((byte)Math.Round(layer.Opacity * 255)) };
        using var image = pixels.ToImage();
        canvas.DrawImage(image, picture.Left, picture.Top, new SKSamplingOptions(SKFilterMode.Nearest), paint);
        canvas.Flush();
        Keep(picture);
    }

    public void Dispose()
    {
        foreach (var picture in pictures.Values)
            picture.Dispose();
    }

    void Keep(TextPicture picture)
    {
        latest.Remove(picture);
        latest.AddLast(picture);
        for (var bytes = latest.Sum(each => each.Bytes); bytes > KeptBytes && latest.First!.Value != picture; latest.RemoveFirst())
        {
            bytes -= latest.First.Value.Bytes;
            latest.First.Value.Forget();
        }
    }
}
