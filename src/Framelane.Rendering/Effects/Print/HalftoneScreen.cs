using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Effects.Print;

/// <summary>How large each dot of a screen is: one a cell of a grid that is turned by an angle.</summary>
sealed class HalftoneScreen
{
    // The edge is smooth over a pixel.
    const float Edge = 0.5f;

    readonly Table reaches;
    readonly float cos, sin, pitch, columns, first;

    /// <param name="degrees">By how much it is turned.</param>
    /// <param name="pitch">Pixels from a dot to the next.</param>
    /// <param name="ink">How much of a cell is inked, 0 to 1, for its colour.</param>
    public HalftoneScreen(PixelBuffer picture, PixelBuffer small, int factor, double degrees, float pitch, Func<Vector128<float>, float> ink)
    {
        var (cos, sin) = ((float)Math.Cos(degrees * Math.PI / 180), (float)Math.Sin(degrees * Math.PI / 180));
        // The grid's cells over the picture's corners, and a block beyond them.
        float width = (picture.Width + Block.Width) / pitch, height = (picture.Height + 1) / pitch;
        float[] across = [0, width * cos, height * sin, width * cos + height * sin];
        float[] down = [0, -width * sin, height * cos, height * cos - width * sin];
        var (firstColumn, firstRow) = ((int)MathF.Floor(across.Min()) - 1, (int)MathF.Floor(down.Min()) - 1);
        var columns = (int)MathF.Ceiling(across.Max()) + 2 - firstColumn;
        var rows = (int)MathF.Ceiling(down.Max()) + 2 - firstRow;
        reaches = new(columns * rows, cell =>
        {
            var (u, v) = (cell % columns + firstColumn + 0.5f, cell / columns + firstRow + 0.5f);
            var (x, y) = ((u * cos - v * sin) * pitch, (u * sin + v * cos) * pitch);
            // Cells that are nowhere near the picture are not seen.
            return x < -pitch || y < -pitch || x > picture.Width + pitch || y > picture.Height + pitch ? 0 : DotSize.Radius(ink(Color(small, (int)(x / factor), (int)(y / factor)))) * pitch + Edge;
        });
        // By cells and not by pixels, and the first one's place in what is subtracted: there are few, so that a float tells them all apart.
        (this.cos, this.sin, this.pitch, this.columns, first) = (cos / pitch, sin / pitch, pitch, columns, firstRow * columns + firstColumn);
    }

    /// <summary>How much of each pixel is inked, 0 to 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> At(Place place)
    {
        var (x, y) = (place.X.Plus(0.5f), place.Row + 0.5f);
        var (u, v) = ((x * cos).Plus(y * sin), (x * -sin).Plus(y * cos));
        var (column, row) = (Vector256.Floor(u), Vector256.Floor(v));
        var cells = (row * columns + column).Plus(-first).Whole();
        return Wide.Unit(reaches.At(cells) - Wide.Length((u - column).Plus(-0.5f), (v - row).Plus(-0.5f)) * pitch);
    }

    static Vector128<float> Color(PixelBuffer small, int x, int y) =>
        PixelKernel.Unpack(MemoryMarshal.Cast<byte, uint>(small.Row(Math.Clamp(y, 0, small.Height - 1)))[Math.Clamp(x, 0, small.Width - 1)]);
}
