using SkiaSharp;

namespace Framelane.Rendering.Text;

/// <summary>Glyphs ready to be drawn: those with outlines, and those with colours of their own.</summary>
/// <remarks>Large ones with a stroke take long, and a text may have ten thousand: they are drawn some at a time, and before each it is seen whether to go on.</remarks>
sealed class GlyphInk : IDisposable
{
    const int AtATime = 16;

    readonly CancellationToken cancellationToken;
    readonly Lazy<SKRect> covered;
    readonly IReadOnlyList<SKTextBlob> outlines;
    readonly IReadOnlyList<SKTextBlob> pictures;

    public GlyphInk(IReadOnlyList<TextPiece> pieces, float size, CancellationToken cancellationToken = default)
    {
        this.cancellationToken = cancellationToken;
        covered = new(() => pieces.Select(piece => CoveredBy(piece, size)).Where(box => !box.IsEmpty).DefaultIfEmpty().Aggregate(SKRect.Union));
        var byFont = pieces.ToLookup(piece => piece.Font);
        outlines = [.. byFont.Where(font => !font.Key.Loaded.IsColor).SelectMany(font => Blobs(font, size))];
        pictures = [.. byFont.Where(font => font.Key.Loaded.IsColor).SelectMany(font => Blobs(font, size))];
    }

    /// <summary>The smallest box round what they cover; empty where they are all space.</summary>
    public SKRect Covered => covered.Value;

    /// <summary>Every pixel that they cover lies in it; a font's largest glyph would too.</summary>
    public SKRect Bounds => outlines.Concat(pictures).Select(blob => blob.Bounds).DefaultIfEmpty().Aggregate(SKRect.Union);

    /// <summary>From where to where letters cross the space between two heights.</summary>
    public IEnumerable<(float Left, float Right)> Crossing(float top, float bottom) =>
        outlines.SelectMany(blob => Next(blob).GetIntercepts(top, bottom).Chunk(2)).Select(ends => (ends[0], ends[1]));

    public void Draw(SKCanvas canvas, SKPaint paint)
    {
        DrawOutlines(canvas, paint);
        Draw(canvas, pictures, paint);
    }

    public void DrawOutlines(SKCanvas canvas, SKPaint paint) => Draw(canvas, outlines, paint);

    public void Dispose()
    {
        foreach (var blob in outlines.Concat(pictures))
            blob.Dispose();
    }

    void Draw(SKCanvas canvas, IReadOnlyList<SKTextBlob> blobs, SKPaint paint)
    {
        foreach (var blob in blobs)
            canvas.DrawText(Next(blob), 0, 0, paint);
    }

    SKTextBlob Next(SKTextBlob blob)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return blob;
    }

    static SKRect CoveredBy(TextPiece piece, float size)
    {
        using var font = piece.Font.ToSkia(size);
        font.GetGlyphWidths(piece.Glyphs.Select(glyph => glyph.Id).ToArray(), out var boxes);
        return boxes.Zip(piece.Glyphs, (box, glyph) => SKRect.Create(piece.X + glyph.Place.X + box.Left, piece.Line.Baseline + glyph.Place.Y + box.Top, box.Width, box.Height))
            .Where(box => !box.IsEmpty).DefaultIfEmpty().Aggregate(SKRect.Union);
    }

    static IEnumerable<SKTextBlob> Blobs(IGrouping<TextFont, TextPiece> pieces, float size)
    {
        using var font = pieces.Key.ToSkia(size);
        foreach (var glyphs in pieces.SelectMany(piece => piece.Glyphs, (piece, glyph) => (glyph.Id, Place: new SKPoint(piece.X + glyph.Place.X, piece.Line.Baseline + glyph.Place.Y))).Chunk(AtATime))
        {
            using var builder = new SKTextBlobBuilder();
            builder.AddPositionedRun([.. glyphs.Select(glyph => glyph.Id)], font, [.. glyphs.Select(glyph => glyph.Place)]);
            if (builder.Build() is { } blob)
                yield return blob;
        }
    }
}
