using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Motions.Finishes;

/// <summary>Squares side by side from an area's top left, row by row. They go on beyond it, for what moves within a text.</summary>
/// <param name="side">Pixels.</param>
readonly struct Cells(Area area, int side)
{
    readonly int columns = (area.Width + side - 1) / side;

    /// <summary>Those that meet the area that is reached, each with a number that it always has; outside the first area two may have the same one.</summary>
    public IEnumerable<(Area Cell, int Index)> Of(Area reached)
    {
        var (firstColumn, firstRow) = (Floor(reached.Left - area.Left), Floor(reached.Top - area.Top));
        for (var row = firstRow; area.Top + row * side < reached.Bottom; row++)
        {
            for (var column = firstColumn; area.Left + column * side < reached.Right; column++)
            {
                var (left, top) = (area.Left + column * side, area.Top + row * side);
                yield return (new(left, top, left + side, top + side), row * columns + column);
            }
        }
    }

    int Floor(int pixels) => (int)Math.Floor((double)pixels / side);
}
