using SkiaSharp;

namespace Framelane.Rendering.Effects.Signal;

/// <summary>The letters of a camera's or recorder's display: five dots by seven, as its character generator has them.</summary>
static class DotLetters
{
    // A row a number, whose highest of five bits is the leftmost dot.
    static readonly Dictionary<char, int[]> Rows = new()
    {
        ['0'] = [14, 17, 19, 21, 25, 17, 14],
        ['1'] = [4, 12, 4, 4, 4, 4, 14],
        ['2'] = [14, 17, 1, 2, 4, 8, 31],
        ['3'] = [31, 2, 4, 2, 1, 17, 14],
        ['4'] = [2, 6, 10, 18, 31, 2, 2],
        ['5'] = [31, 16, 30, 1, 1, 17, 14],
        ['6'] = [6, 8, 16, 30, 17, 17, 14],
        ['7'] = [31, 1, 2, 4, 8, 8, 8],
        ['8'] = [14, 17, 17, 14, 17, 17, 14],
        ['9'] = [14, 17, 17, 15, 1, 2, 12],
        [':'] = [0, 4, 4, 0, 4, 4, 0],
        ['A'] = [14, 17, 17, 31, 17, 17, 17],
        ['C'] = [14, 17, 16, 16, 16, 17, 14],
        ['E'] = [31, 16, 16, 30, 16, 16, 31],
        ['L'] = [16, 16, 16, 16, 16, 16, 31],
        ['P'] = [30, 17, 17, 30, 16, 16, 16],
        ['R'] = [30, 17, 17, 30, 20, 18, 17],
        ['S'] = [15, 16, 16, 14, 1, 1, 30],
        ['Y'] = [17, 17, 10, 4, 4, 4, 4],
        ['>'] = [16, 24, 28, 30, 28, 24, 16],
        [' '] = [0, 0, 0, 0, 0, 0, 0],
    };

    /// <summary>Dots.</summary>
    public static int Width(string text) => 6 * text.Length - 1;

    /// <param name="dot">A dot's side, pixels.</param>
    public static void Draw(SKCanvas canvas, string text, float left, float top, float dot, SKPaint paint)
    {
        for (var i = 0; i < text.Length; i++)
        {
            for (var row = 0; row < 7; row++)
            {
                for (var column = 0; column < 5; column++)
                {
                    if ((Rows[text[i]][row] >> (4 - column) & 1) != 0)
                        canvas.DrawRect(left + (6 * i + column) * dot, top + row * dot, dot, dot, paint);
                }
            }
        }
    }
}
