using SkiaSharp;

namespace Framelane.Rendering.Text;

/// <summary>A character where it lies: all glyphs of one cluster.</summary>
/// <param name="Start">The UTF-16 unit of the text that it begins to show.</param>
/// <param name="X">Pixels from the left of the box, of its own left end.</param>
/// <param name="Glyphs">With each one's place from there and the baseline.</param>
sealed record TextPiece(TextFont Font, int Start, TextLine Line, float X, float Width, IReadOnlyList<(ushort Id, SKPoint Place)> Glyphs);

/// <param name="Start">UTF-16 units of the text, with <paramref name="End"/>.</param>
/// <param name="Left">Pixels from the left of the box.</param>
/// <param name="Baseline">Pixels from the top of the box.</param>
sealed record TextLine(int Start, int End, float Left, float Width, float Baseline);
