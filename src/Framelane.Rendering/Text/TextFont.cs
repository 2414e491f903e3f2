using SkiaSharp;

namespace Framelane.Rendering.Text;

/// <summary>A font as a text wants it: what its family lacks is made up, as browsers do.</summary>
/// <param name="IsEmboldened">Its strokes are thickened.</param>
/// <param name="IsSlanted">It is leant over.</param>
sealed record TextFont(LoadedFont Loaded, bool IsEmboldened, bool IsSlanted)
{
    const int LightestBold = 600, HeaviestThin = 500;

    // 14 degrees, CSS's oblique.
    const float Slant = -0.2493f;

    public static TextFont Of(LoadedFont loaded, int weight, bool isItalic) => new(
        loaded,
        weight >= LightestBold && loaded.Weight <= HeaviestThin && !loaded.IsColor,
        isItalic && !loaded.Face.IsItalic && !loaded.IsColor);

    /// <summary>Places glyphs between pixels, unhinted: letters that move do not jump, and lines are as long at every size.</summary>
    public SKFont ToSkia(float size) => new(Loaded.Typeface, size)
    {
        Edging = SKFontEdging.Antialias,
        Hinting = SKFontHinting.None,
        Subpixel = true,
        LinearMetrics = true,
        BaselineSnap = false,
        Embolden = IsEmboldened,
        SkewX = IsSlanted ? Slant : 0,
    };
}
