using HarfBuzzSharp;
using Buffer = HarfBuzzSharp.Buffer;

namespace Framelane.Rendering.Text;

/// <param name="Cluster">The UTF-16 unit that it begins to show.</param>
/// <param name="Advance">Pixels, as are the offsets; down is positive.</param>
readonly record struct ShapedGlyph(ushort Id, int Cluster, float Advance, float OffsetX, float OffsetY);

/// <summary>Turns characters into placed glyphs.</summary>
/// <param name="size">Pixels an em.</param>
/// <param name="tracking">Pixels that follow each character, but none in scripts whose letters join.</param>
sealed class Shaper(float size, float tracking, string language)
{
    static readonly Script[] Joined = [Script.Arabic, Script.Syriac, Script.Mongolian, Script.Nko, Script.PhagsPa, Script.Mandaic, Script.Manichaean, Script.Adlam, Script.HanifiRohingya];

    // Letters that are moved apart are not tied together.
    readonly Feature[] features = tracking == 0 ? [] : [new(new Tag('l', 'i', 'g', 'a'), 0), new(new Tag('c', 'l', 'i', 'g'), 0)];

    /// <summary>From left to right as they are seen.</summary>
    public ShapedGlyph[] Shape(string paragraph, in TextRun run)
    {
        using var buffer = new Buffer();
        using var tongue = new Language(language);
        buffer.AddUtf16(paragraph.AsSpan(), run.Start, run.End - run.Start);
        buffer.Direction = run.IsRightToLeft ? Direction.RightToLeft : Direction.LeftToRight;
        buffer.Script = run.Script;
        buffer.Language = tongue;
        run.Font.Loaded.Shaper.Shape(buffer, features);

        var infos = buffer.GetGlyphInfoSpan();
        var positions = buffer.GetGlyphPositionSpan();
        var scale = size / run.Font.Loaded.UnitsPerEm;
        var room = RoomAfter(run.Script);
        var glyphs = new ShapedGlyph[infos.Length];
        for (var index = 0; index < glyphs.Length; index++)
        {
            var isLast = index + 1 == glyphs.Length || infos[index + 1].Cluster != infos[index].Cluster;
            glyphs[index] = new(
                (ushort)infos[index].Codepoint,
                (int)infos[index].Cluster,
                positions[index].XAdvance * scale + (isLast ? room : 0),
                positions[index].XOffset * scale,
                -positions[index].YOffset * scale);
        }

        return glyphs;
    }

    public float RoomAfter(Script script) => Joined.Contains(script) ? 0 : tracking;
}
