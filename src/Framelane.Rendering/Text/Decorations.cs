using Framelane.Application.Renders.Scenes;
using SkiaSharp;

namespace Framelane.Rendering.Text;

/// <summary>The lines under or through a text, where its own font has them.</summary>
sealed class Decorations(TextDecoration decoration, TextLayout layout)
{
    // Of an em, where a font does not say.
    const float UsualThickness = 0.05f, UsualUnderline = 0.1f, UsualStrikethrough = -0.3f;

    /// <summary>Whether they are drawn after the letters.</summary>
    public bool AreOver => decoration == TextDecoration.Strikethrough;

    /// <summary>One a line of the text, in the pixels of its box.</summary>
    public IReadOnlyList<SKRect> Bars { get; } =
        decoration == TextDecoration.None ? [] : [.. layout.Lines.Select(line => Bar(decoration, layout, line.Left, line.Width, line.Baseline))];

    public void Draw(SKCanvas canvas, SKPaint paint)
    {
        foreach (var bar in Bars)
            canvas.DrawRect(bar, paint);
    }

    /// <summary>The part that goes with some characters of a line.</summary>
    public void Draw(SKCanvas canvas, SKPaint paint, TextLine line, float left, float right)
    {
        if (decoration != TextDecoration.None)
            canvas.DrawRect(Bar(decoration, layout, left, right - left, line.Baseline), paint);
    }

    static SKRect Bar(TextDecoration decoration, TextLayout layout, float left, float width, float baseline)
    {
        var (place, thickness) = decoration == TextDecoration.Underline
            ? (layout.Metrics.UnderlinePosition ?? UsualUnderline * layout.Size, layout.Metrics.UnderlineThickness)
            : (layout.Metrics.StrikeoutPosition ?? UsualStrikethrough * layout.Size, layout.Metrics.StrikeoutThickness);
        return SKRect.Create(left, baseline + place, width, thickness ?? UsualThickness * layout.Size);
    }
}
