using Framelane.Application.Renders.Scenes;
using Framelane.Rendering.Compositing;
using SkiaSharp;

namespace Framelane.Rendering.Text;

/// <summary>What spoken words are marked with: the text's <c>background_color</c>, or a colour of their own where it has none or lies on one.</summary>
static class MarkColor
{
    static readonly SKColor Yellow = HexColor.Parse("#ffd60a"), Violet = HexColor.Parse("#6d3bf5");

    /// <param name="isBox">It lies behind letters, which are read on it.</param>
    public static SKColor Of(TextElement element, bool isBox)
    {
        var look = new TextLook(element);
        if (look.Plate is { Alpha: > 0 } plate)
        {
            SKColor[] own = [Yellow, Violet];
            return own.MaxBy(color => isBox ? Math.Min(Contrast(color, plate), Contrast(color, look.Color)) : Contrast(color, plate));
        }

        return element.BackgroundColor is { } given ? HexColor.Parse(given) : isBox ? Violet : Yellow;
    }

    /// <summary>As WCAG 2.1 has it: 1 where they are as light as each other, to 21.</summary>
    static double Contrast(SKColor first, SKColor second)
    {
        var (one, other) = (Luminance(first) + 0.05, Luminance(second) + 0.05);
        return Math.Max(one, other) / Math.Min(one, other);
    }

    static double Luminance(SKColor color) => 0.2126 * Linear(color.Red) + 0.7152 * Linear(color.Green) + 0.0722 * Linear(color.Blue);

    static double Linear(byte value) => SKColorSpaceTransferFn.Srgb.Transform(value / 255f);
}
