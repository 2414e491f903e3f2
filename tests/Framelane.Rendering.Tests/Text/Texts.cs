using Framelane.Application.Renders.Scenes;
using Framelane.Rendering.Frames;
using Framelane.Rendering.Tests.Compositing;
using Framelane.Rendering.Text;

namespace Framelane.Rendering.Tests.Text;

/// <summary>Texts of a test, in the installed fonts.</summary>
static class Texts
{
    /// <summary>40 pixels an em, in a box of its canvas.</summary>
    public static TextElement Of(string text) => new() { Text = text, Duration = 10, FontSize = 40 };

    public static TextLayout Layout(TextElement element, float width = 10_000, float height = 100) => TextLayout.Of(element, width, height, FontLibrary.Installed);

    public static TextLayout Layout(string text) => Layout(Of(text));

    public static float Width(TextElement element) => Layout(element).Block.Width;

    /// <summary>What each line says.</summary>
    public static string[] Lines(TextElement element, float width) =>
        Layout(element, width) is var layout ? [.. layout.Lines.Select(line => layout.Text[line.Start..line.End])] : [];

    public static ushort[] Glyphs(TextLayout layout) => [.. layout.Pieces.SelectMany(piece => piece.Glyphs).Select(glyph => glyph.Id)];

    public static PixelBuffer Draw(int width, int height, params SceneElement[] elements)
    {
        using var pictures = new Pictures();
        return pictures.Draw(Pictures.Scene(width, height, elements));
    }

    /// <summary>The smallest box round the pixels that are so: first and last column and row.</summary>
    public static (int Left, int Top, int Right, int Bottom) Box(PixelBuffer picture, Func<Pixel, bool> has)
    {
        var (left, top, right, bottom) = (int.MaxValue, int.MaxValue, -1, -1);
        for (var y = 0; y < picture.Height; y++)
        {
            for (var x = 0; x < picture.Width; x++)
            {
                if (has(Pictures.At(picture, x, y)))
                    (left, top, right, bottom) = (Math.Min(left, x), Math.Min(top, y), Math.Max(right, x), Math.Max(bottom, y));
            }
        }

        return (left, top, right, bottom);
    }

    public static bool IsInk(Pixel pixel) => pixel.R > 64 || pixel.G > 64 || pixel.B > 64;
}
