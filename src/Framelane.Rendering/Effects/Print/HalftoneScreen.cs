using System.Runtime.Intrinsics;
using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Effects.Print;

/// <summary>How large each dot of a screen is: one a cell of a grid that is turned by an angle.</summary>
sealed class HalftoneScreen
{
    readonly float[] radii;
    readonly int firstColumn, firstRow, columns;

    /// <param name="turn">The cosine and the sine of the screen's angle, over its pitch in pixels.</param>
    /// <param name="ink">How much of a cell is inked, 0 to 1, for its colour.</param>
    public HalftoneScreen(PixelBuffer picture, Shrunk.Enlarged source, (float Cos, float Sin) turn, float pitch, Func<Vector128<float>, float> ink)
    {
        // The grid's cells over the picture's corners.
        float[] across = [0, picture.Width * turn.Cos, picture.Height * turn.Sin, picture.Width * turn.Cos + picture.Height * turn.Sin];
        float[] down = [0, -picture.Width * turn.Sin, picture.Height * turn.Cos, picture.Height * turn.Cos - picture.Width * turn.Sin];
        (firstColumn, firstRow) = ((int)MathF.Floor(across.Min()) - 1, (int)MathF.Floor(down.Min()) - 1);
        columns = (int)MathF.Ceiling(across.Max()) + 1 - firstColumn;
        var rows = (int)MathF.Ceiling(down.Max()) + 1 - firstRow;
        radii = new float[columns * rows];
        for (var i = 0; i < radii.Length; i++)
        {
            var (u, v) = (i % columns + firstColumn + 0.5f, i / columns + firstRow + 0.5f);
            var (x, y) = ((u * turn.Cos - v * turn.Sin) * pitch * pitch, (u * turn.Sin + v * turn.Cos) * pitch * pitch);
            // Cells that lie outside with their neighbours are not seen.
            if (x > -2 * pitch && y > -2 * pitch && x < picture.Width + 2 * pitch && y < picture.Height + 2 * pitch)
                radii[i] = DotSize.Radius(ink(source.At(x - 0.5f, y - 0.5f)));
        }
    }

    /// <summary>Of the dot in that cell, in cells.</summary>
    public float Radius(int column, int row) => radii[(row - firstRow) * columns + column - firstColumn];
}
