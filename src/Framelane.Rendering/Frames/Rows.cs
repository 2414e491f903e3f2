namespace Framelane.Rendering.Frames;

/// <summary>Work on a picture's rows, on several cores.</summary>
static class Rows
{
    const int Band = 32;

    public static void ForEach(int height, Action<int> row)
    {
        if (height <= Band)
        {
            for (var y = 0; y < height; y++)
                row(y);
            return;
        }

        Parallel.For(0, (height + Band - 1) / Band, band =>
        {
            for (var y = band * Band; y < Math.Min(height, (band + 1) * Band); y++)
                row(y);
        });
    }
}
