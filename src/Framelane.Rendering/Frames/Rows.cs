namespace Framelane.Rendering.Frames;

/// <summary>Work on a picture's rows, on several cores.</summary>
static class Rows
{
    const int Band = 32;

    public static void ForEach(int height, Action<int> row) => InBands(height, Band, (top, bottom) =>
    {
        for (var y = top; y < bottom; y++)
            row(y);
    });

    /// <param name="rows">From the first, to before the second: for what is kept from one row to the next.</param>
    public static void InBands(int height, int band, Action<int, int> rows)
    {
        if (height <= band)
            rows(0, height);
        else
            Parallel.For(0, (height + band - 1) / band, index => rows(index * band, Math.Min(height, (index + 1) * band)));
    }
}
