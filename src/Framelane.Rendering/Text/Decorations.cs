using Framelane.Application.Renders.Scenes;
using SkiaSharp;

namespace Framelane.Rendering.Text;

/// <summary>The lines under or through a text, where its own font has them. One under it makes room for letters that reach down to it.</summary>
sealed class Decorations
{
    // Of an em, where a font does not say.
    const float UsualThickness = 0.05f, UsualUnderline = 0.1f, UsualStrikethrough = -0.3f;

    readonly (TextLine Line, SKRect Bar)[] bars = [];

    public Decorations(TextDecoration decoration, TextLayout layout, GlyphInk ink)
    {
        AreOver = decoration == TextDecoration.Strikethrough;
        if (decoration == TextDecoration.None)
            return;
        var metrics = layout.Metrics;
        var place = AreOver ? metrics.StrikeoutPosition ?? UsualStrikethrough * layout.Size : metrics.UnderlinePosition ?? UsualUnderline * layout.Size;
        var thickness = (AreOver ? metrics.StrikeoutThickness : metrics.UnderlineThickness) ?? UsualThickness * layout.Size;
        bars =
        [
            .. from line in layout.Lines
               let bar = SKRect.Create(line.Left, line.Baseline + place, line.Width, thickness)
               from part in AreOver ? [bar] : Parted(bar, ink.Crossing(bar.Top, bar.Bottom), thickness)
               select (line, part),
        ];
    }

    /// <summary>Whether they are drawn after the letters.</summary>
    public bool AreOver { get; }

    /// <summary>In the pixels of the text's box.</summary>
    public IEnumerable<SKRect> Bars => bars.Select(each => each.Bar);

    public void Draw(SKCanvas canvas, SKPaint paint)
    {
        foreach (var (_, bar) in bars)
            canvas.DrawRect(bar, paint);
    }

    /// <summary>What of them goes with some characters of a line.</summary>
    public void Draw(SKCanvas canvas, SKPaint paint, TextLine line, float left, float right)
    {
        foreach (var (own, bar) in bars)
        {
            var part = new SKRect(Math.Max(left, bar.Left), bar.Top, Math.Min(right, bar.Right), bar.Bottom);
            if (ReferenceEquals(own, line) && part.Left < part.Right)
                canvas.DrawRect(part, paint);
        }
    }

    static IEnumerable<SKRect> Parted(SKRect bar, IEnumerable<(float Left, float Right)> letters, float room)
    {
        var left = bar.Left;
        foreach (var letter in letters.OrderBy(letter => letter.Left))
        {
            if (letter.Left - room > left)
                yield return bar with { Left = left, Right = Math.Min(bar.Right, letter.Left - room) };
            left = Math.Max(left, letter.Right + room);
        }

        if (left < bar.Right)
            yield return bar with { Left = left };
    }
}
