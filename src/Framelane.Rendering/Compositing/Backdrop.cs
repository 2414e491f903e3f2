using Framelane.Application.Renders.Scenes;
using Framelane.Rendering.Frames;
using SkiaSharp;

namespace Framelane.Rendering.Compositing;

/// <summary>What lies behind every element: a colour, and an image that covers the canvas.</summary>
sealed class Backdrop(CreateRenderRequest scene)
{
    static readonly string Default = new CreateRenderRequest().BackgroundColor;

    // A transparent output that names no colour has none: the default would leave nothing transparent.
    readonly SKColor color = scene.Alpha && scene.BackgroundColor == Default ? SKColors.Transparent : HexColor.Parse(scene.BackgroundColor);

    public void Draw(SKCanvas canvas, int width, int height, PixelBuffer? image)
    {
        if (!SceneBackground.IsKeptOpen(scene))
            canvas.Clear(SKColors.Black);
        canvas.DrawColor(color, SKBlendMode.SrcOver);
        if (image is null)
            return;
        using var picture = image.ToImage();
        var fitting = Fitting.Of(new(0, 0, image.Width, image.Height), width, height, Fit.Cover);
        canvas.DrawImage(picture, fitting.Source, fitting.Target, Sampling.For(fitting, SKMatrix.Identity));
    }
}
