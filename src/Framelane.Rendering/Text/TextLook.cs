using Framelane.Application.Renders.Scenes;
using Framelane.Rendering.Compositing;
using SkiaSharp;

namespace Framelane.Rendering.Text;

/// <summary>The colours and measures that a text is painted with.</summary>
sealed class TextLook(TextElement element)
{
    const string Black = "#000000";

    // What a switch alone brings, in em.
    const double UsualStroke = 0.05, UsualShadowDrop = 0.05, UsualShadowBlur = 0.1;

    public SKColor Color { get; } = HexColor.Parse(element.TextColor);

    /// <summary>What is seen of the outline round the letters, in pixels; 0 where there is none.</summary>
    public float Stroke { get; } = element.Stroke ? (float)((element.StrokeWidth > 0 ? element.StrokeWidth : UsualStroke) * element.FontSize) : 0;

    public SKColor StrokeColor { get; } = HexColor.Parse(element.StrokeColor ?? Black);

    /// <summary>Twice as thick as what is seen of it beside the letters, and opaque.</summary>
    public SKPaint StrokePaint() => new()
    {
        Color = StrokeColor.WithAlpha(byte.MaxValue), IsAntialias = true, Style = SKPaintStyle.Stroke, StrokeWidth = Stroke * 2, StrokeJoin = SKStrokeJoin.Round,
    };

    /// <summary>Of the box behind the text; null where there is none.</summary>
    public SKColor? Plate { get; } = element.Background ? Fade(HexColor.Parse(element.BackgroundColor ?? Black), element.BackgroundOpacity / 100) : null;

    /// <summary>Pixels from the text to each side of its box.</summary>
    public SKSize Padding { get; } = new((float)element.XPadding, (float)element.YPadding);

    public float PlateRadius { get; } = (float)element.BorderRadius;

    public SKImageFilter? Shadow() => element.Shadow
        ? SKImageFilter.CreateDropShadow((float)element.ShadowX, ShadowY, ShadowBlur / 2, ShadowBlur / 2, HexColor.Parse(element.ShadowColor ?? Black))
        : null;

    /// <summary>How far the shadow reaches beyond the letters, in pixels.</summary>
    public float ShadowReach => element.Shadow ? Math.Max(Math.Abs((float)element.ShadowX), Math.Abs(ShadowY)) + ShadowBlur * 1.5f + 1 : 0;

    // One that lies exactly behind the letters could not be seen.
    bool IsShadowUnplaced => element is { ShadowX: 0, ShadowY: 0, ShadowBlur: 0 };

    float ShadowY => (float)(IsShadowUnplaced ? UsualShadowDrop * element.FontSize : element.ShadowY);

    float ShadowBlur => (float)(IsShadowUnplaced ? UsualShadowBlur * element.FontSize : element.ShadowBlur);

    static SKColor Fade(SKColor color, double share) => color.WithAlpha((byte)Math.Round(color.Alpha * share));
}
