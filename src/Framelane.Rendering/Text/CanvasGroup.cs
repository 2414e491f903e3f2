using SkiaSharp;

namespace Framelane.Rendering.Text;

static class CanvasGroup
{
    /// <summary>What is drawn until it is disposed of is faded as one: letters that touch are not darker there.</summary>
    /// <param name="alpha">Of all of it; what is drawn is opaque.</param>
    public static SKAutoCanvasRestore Group(this SKCanvas canvas, byte alpha)
    {
        var group = new SKAutoCanvasRestore(canvas, doSave: false);
        using var paint = new SKPaint { Color = SKColors.Black.WithAlpha(alpha) };
        canvas.SaveLayer(paint);
        return group;
    }
}
