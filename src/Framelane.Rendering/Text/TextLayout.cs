using System.Text;
using Framelane.Application.Renders.Scenes;
using SkiaSharp;

namespace Framelane.Rendering.Text;

/// <summary>A text in lines in its box, in the middle of its height; what does not fit stands out on both sides alike.</summary>
sealed class TextLayout
{
    const int Bold = 700, TabWidth = 4;

    readonly List<TextLine> lines = [];
    readonly List<TextPiece> pieces = [];

    TextLayout(TextElement element, string text, FontFallback fallback, float boxWidth, float boxHeight)
    {
        (Text, Size, Primary) = (text, (float)element.FontSize, fallback.Primary);
        using var font = Primary.ToSkia(Size);
        Metrics = font.Metrics;
        var padding = element.Background ? (float)element.XPadding : 0;
        var tracking = (float)(element.Tracking / 1000 * element.FontSize);
        var setter = new ParagraphSetter(new(Size, tracking, fallback.FormsLanguage), fallback);
        var room = element.TextWrap == TextWrap.Wrap ? Math.Max(0, boxWidth - 2 * padding) : float.PositiveInfinity;
        var set = new List<SetLine>();
        var at = 0;
        foreach (var paragraph in text.Split('\n'))
        {
            set.AddRange(setter.Set(paragraph, at, room));
            at += paragraph.Length + 1;
        }

        var pitch = (float)(element.Leading * element.FontSize);
        var top = (boxHeight - set.Count * pitch) / 2;
        foreach (var line in set)
        {
            Add(line, Left(element.TextAlign, boxWidth, padding, line.Width), top + pitch / 2 - (Metrics.Ascent + Metrics.Descent) / 2);
            top += pitch;
        }

        var (left, right) = (lines.Min(line => line.Left), lines.Max(line => line.Left + line.Width));
        Block = SKRect.Create(left, (boxHeight - set.Count * pitch) / 2, right - left, set.Count * pitch);
    }

    /// <summary>As it is set: with one kind of line end, and without other control characters.</summary>
    public string Text { get; }

    /// <summary>Pixels an em.</summary>
    public float Size { get; }

    public TextFont Primary { get; }

    /// <summary>Of the text's own font; down is positive.</summary>
    public SKFontMetrics Metrics { get; }

    public IReadOnlyList<TextLine> Lines => lines;

    /// <summary>Line by line, from left to right.</summary>
    public IReadOnlyList<TextPiece> Pieces => pieces;

    /// <summary>As wide as the widest line and as high as all of them, in the box.</summary>
    public SKRect Block { get; }

    /// <summary>As wide as the piece and as high as the text's own font.</summary>
    public SKRect BoxOf(TextPiece piece) => new(piece.X, piece.Line.Baseline + Metrics.Ascent, piece.X + piece.Width, piece.Line.Baseline + Metrics.Descent);

    public static TextLayout Of(TextElement element, float boxWidth, float boxHeight, FontLibrary library)
    {
        var text = Clean(element.Text);
        var isBold = element.FontStyle is FontStyle.Bold or FontStyle.Bolditalic;
        var fallback = new FontFallback(
            library, element.FontFamily, isBold ? Math.Max(element.FontWeight, Bold) : element.FontWeight, element.FontStyle is FontStyle.Italic or FontStyle.Bolditalic, text);
        return new(element, text, fallback, boxWidth, boxHeight);
    }

    static float Left(TextAlign align, float boxWidth, float padding, float width) => align switch
    {
        TextAlign.Left => padding,
        TextAlign.Right => boxWidth - padding - width,
        _ => (boxWidth - width) / 2,
    };

    void Add(SetLine set, float left, float baseline)
    {
        var line = new TextLine(set.Start, set.End, left, set.Width, baseline);
        lines.Add(line);
        pieces.AddRange(set.Pieces.Select(piece => piece with { Line = line, X = left + piece.X }));
    }

    static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.Replace("\r\n", "\n", StringComparison.Ordinal).EnumerateRunes())
        {
            if (rune.Value is '\n' or '\r' or '\v' or '\f' or 0x85 or 0x2028 or 0x2029)
                clean.Append('\n');
            else if (rune.Value == '\t')
                clean.Append(' ', TabWidth);
            else if (!Rune.IsControl(rune))
                clean.Append(rune);
        }

        return clean.ToString();
    }
}
