using SkiaSharp;

namespace Framelane.Rendering.Text;

/// <summary>Glyphs ready to be drawn: those with outlines, and those with colours of their own.</summary>
sealed class GlyphInk : IDisposable
{
    readonly Lazy<SKRect> covered;
    readonly SKTextBlob? outlines;
    readonly SKTextBlob? pictures;

    public GlyphInk(IReadOnlyList<TextPiece> pieces, float size)
    {
        covered = new(() => pieces.Select(piece => CoveredBy(piece, size)).Where(box => !box.IsEmpty).DefaultIfEmpty().Aggregate(SKRect.Union));
        var byFont = pieces.ToLookup(piece => piece.Font);
        outlines = Blob(byFont.Where(font => !font.Key.Loaded.IsColor), size);
        pictures = Blob(byFont.Where(font => font.Key.Loaded.IsColor), size);
    }

    /// <summary>The smallest box round what they cover; empty where they are all space.</summary>
    public SKRect Covered => covered.Value;

    /// <summary>Every pixel that they cover lies in it; a font's largest glyph would too.</summary>
    public SKRect Bounds => SKRect.Union(outlines?.Bounds ?? SKRect.Empty, pictures?.Bounds ?? SKRect.Empty);

    /// <summary>From where to where letters cross the space between two heights.</summary>
    public IEnumerable<(float Left, float Right)> Crossing(float top, float bottom) =>
        (outlines?.GetIntercepts(top, bottom) ?? []).Chunk(2).Select(ends => (ends[0], ends[1]));

    public void Draw(SKCanvas canvas, SKPaint paint)
    {
        DrawOutlines(canvas, paint);
        if (pictures is not null)
            canvas.DrawText(pictures, 0, 0, paint);
    }

    public void DrawOutlines(SKCanvas canvas, SKPaint paint)
    {
        if (outlines is not null)
            canvas.DrawText(outlines, 0, 0, paint);
    }

    public void Dispose()
    {
        outlines?.Dispose();
        pictures?.Dispose();
    }

    static SKRect CoveredBy(TextPiece piece, float size)
    {
        using var font = piece.Font.ToSkia(size);
        font.GetGlyphWidths(piece.Glyphs.Select(glyph => glyph.Id).ToArray(), out var boxes);
        return boxes.Zip(piece.Glyphs, (box, glyph) => SKRect.Create(piece.X + glyph.Place.X + box.Left, piece.Line.Baseline + glyph.Place.Y + box.Top, box.Width, box.Height))
            .Where(box => !box.IsEmpty).DefaultIfEmpty().Aggregate(SKRect.Union);
    }

    static SKTextBlob? Blob(IEnumerable<IGrouping<TextFont, TextPiece>> byFont, float size)
    {
        using var builder = new SKTextBlobBuilder();
        foreach (var pieces in byFont)
        {
            using var font = pieces.Key.ToSkia(size);
            builder.AddPositionedRun(
                [.. pieces.SelectMany(piece => piece.Glyphs).Select(glyph => glyph.Id)],
                font,
                [.. pieces.SelectMany(piece => piece.Glyphs.Select(glyph => new SKPoint(piece.X + glyph.Place.X, piece.Line.Baseline + glyph.Place.Y)))]);
        }

        return builder.Build();
    }
}
