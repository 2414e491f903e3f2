using HarfBuzzSharp;
using SkiaSharp;

namespace Framelane.Rendering.Text;

/// <summary>A face that is open: HarfBuzz shapes with it, Skia draws it. For any number of threads; its library closes it.</summary>
sealed class LoadedFont : IDisposable
{
    public LoadedFont(FontFace face, int weight)
    {
        Face = face;
        var typeface = SKTypeface.FromFile(face.Path, face.Index) ?? throw new InvalidDataException($"{face.Family} cannot be opened.");
        using var blob = Blob.FromFile(face.Path);
        using var shape = new Face(blob, face.Index);
        Shaper = new(shape);
        Shaper.SetFunctionsOpenType();
        if (face.LightestWeight < face.HeaviestWeight)
        {
            Shaper.SetVariations([new() { Tag = new Tag('w', 'g', 'h', 't'), Value = weight }]);
            using var plain = typeface;
            typeface = plain.Clone([new() { Axis = new('w', 'g', 'h', 't'), Value = weight }]);
        }

        Typeface = typeface;
        UnitsPerEm = shape.UnitsPerEm;
        Weight = weight;
        IsColor = shape.HasColorPng || shape.HasColorLayers || shape.HasColorSvg;
    }

    public FontFace Face { get; }

    public int Weight { get; }

    public SKTypeface Typeface { get; }

    /// <summary>Its scale is <see cref="UnitsPerEm"/>.</summary>
    public Font Shaper { get; }

    public int UnitsPerEm { get; }

    public bool IsColor { get; }

    public void Dispose()
    {
        Shaper.Dispose();
        Typeface.Dispose();
    }

    public bool Covers(int codePoint) => Shaper.TryGetNominalGlyph(codePoint, out var glyph) && glyph != 0;
}
