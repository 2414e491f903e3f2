using System.Globalization;
using SkiaSharp;

namespace Framelane.Rendering.Text;

/// <summary>A line that has no place yet: its pieces lie from 0.</summary>
sealed record SetLine(int Start, int End, float Width, IReadOnlyList<TextPiece> Pieces);

/// <summary>Sets paragraphs in lines, in the order in which they are seen.</summary>
sealed class ParagraphSetter(Shaper shaper, FontFallback fallback)
{
    const char SoftHyphen = '\u00ad';

    const string Hyphen = "-";

    static readonly TextLine Nowhere = new(0, 0, 0, 0, 0);

    /// <param name="offset">Where the paragraph starts in the text.</param>
    /// <param name="room">Pixels; infinite for one line.</param>
    public IEnumerable<SetLine> Set(string paragraph, int offset, float room)
    {
        if (paragraph.Length == 0)
            return [new(offset, offset, 0, [])];
        var clusters = StringInfo.ParseCombiningCharacters(paragraph);
        var levels = Unicode.Levels(paragraph);
        var runs = Itemizer.Runs(paragraph, clusters, levels, fallback);
        var advances = Advances(paragraph, runs);
        var fitter = new LineFitter(paragraph, clusters, advances, HyphensAfter(paragraph, runs, advances), RoomAfter(paragraph, runs), room);
        var breaks = float.IsFinite(room) ? Unicode.LineBreaks(paragraph, fallback.Language) : [paragraph.Length];
        return fitter.Lines(breaks).Select(line => IsHyphenated(paragraph, line.End)
            ? Line(Hyphenated(paragraph, line.End), WithHyphen(runs, line.End), line.Start, line.End, offset)
            : Line(paragraph, runs, line.Start, fitter.TrimEnd(line.Start, line.End), offset));
    }

    /// <summary>Whether a line that ends there ends with a soft hyphen, and goes on: only then that is seen.</summary>
    static bool IsHyphenated(string paragraph, int end) => end < paragraph.Length && paragraph[end - 1] == SoftHyphen;

    static string Hyphenated(string paragraph, int end) => string.Concat(paragraph.AsSpan(0, end - 1), Hyphen, paragraph.AsSpan(end));

    /// <summary>The same with the last character before the line's end by itself, in a font that has a hyphen.</summary>
    IReadOnlyList<TextRun> WithHyphen(IReadOnlyList<TextRun> runs, int end) =>
    [
        .. runs.SelectMany(run => run.Start < end && end <= run.End
            ? new[] { run.Within(run.Start, end - 1), run with { Start = end - 1, End = end, Font = fallback.Of(Hyphen, run.Script, run.Font) }, run.Within(end, run.End) }
            : [run]).OfType<TextRun>(),
    ];

    float[] HyphensAfter(string paragraph, IReadOnlyList<TextRun> runs, float[] advances)
    {
        var hyphens = new float[paragraph.Length];
        foreach (var run in runs)
        {
            for (var at = run.Start; at < run.End; at++)
            {
                if (IsHyphenated(paragraph, at + 1))
                    hyphens[at] = shaper.Shape(Hyphen, run with { Start = 0, End = 1, Font = fallback.Of(Hyphen, run.Script, run.Font) }).Sum(glyph => glyph.Advance) - advances[at];
            }
        }

        return hyphens;
    }

    float[] Advances(string paragraph, IReadOnlyList<TextRun> runs)
    {
        var advances = new float[paragraph.Length];
        foreach (var run in runs)
        {
            foreach (var glyph in shaper.Shape(paragraph, run))
                advances[glyph.Cluster] += glyph.Advance;
        }

        return advances;
    }

    float[] RoomAfter(string paragraph, IReadOnlyList<TextRun> runs)
    {
        var room = new float[paragraph.Length];
        foreach (var run in runs)
            Array.Fill(room, shaper.RoomAfter(run.Script), run.Start, run.End - run.Start);
        return room;
    }

    SetLine Line(string paragraph, IReadOnlyList<TextRun> runs, int start, int end, int offset)
    {
        var pieces = new List<TextPiece>();
        var (x, roomAfter) = (0f, 0f);
        foreach (var run in InSight([.. runs.Select(run => run.Within(start, end)).OfType<TextRun>()]))
        {
            var glyphs = shaper.Shape(paragraph, run);
            roomAfter = shaper.RoomAfter(run.Script);
            for (var (first, next) = (0, 0); first < glyphs.Length; first = next)
            {
                var placed = new List<(ushort, SKPoint)>();
                var width = 0f;
                for (; next < glyphs.Length && glyphs[next].Cluster == glyphs[first].Cluster; next++)
                {
                    placed.Add((glyphs[next].Id, new(width + glyphs[next].OffsetX, glyphs[next].OffsetY)));
                    width += glyphs[next].Advance;
                }

                pieces.Add(new(run.Font, offset + glyphs[first].Cluster, Nowhere, x, width, placed));
                x += width;
            }
        }

        return new(offset + start, offset + end, x - roomAfter, pieces);
    }

    // UAX #9, rule L2: from the highest level down to the lowest odd one, what is at least that high is turned round.
    static TextRun[] InSight(TextRun[] runs)
    {
        for (var level = runs.Select(run => run.Level).DefaultIfEmpty().Max(); level > 0; level--)
        {
            for (var first = 0; first < runs.Length; first++)
            {
                var count = runs.Skip(first).TakeWhile(run => run.Level >= level).Count();
                Array.Reverse(runs, first, count);
                first += count;
            }
        }

        return runs;
    }
}
