using Framelane.Rendering.Frames;
using Framelane.Rendering.Transitions.Kernels;

namespace Framelane.Rendering.Transitions.Spaces;

/// <summary>What one upright line of the target shows of pictures that stand upright in space.</summary>
/// <param name="Picture">Null where there is none.</param>
/// <param name="X">Pixels from the picture's left.</param>
/// <param name="Stretch">How many of the picture's pixels, upright, one of the target is; 1 where it stands on the screen.</param>
/// <param name="Light">What its colours are multiplied by.</param>
readonly record struct Column(PixelBuffer? Picture, float X, float Stretch, float Light);

/// <summary>Draws what stands upright before a viewer at the picture's own height: a line of it is a line of one picture, drawn longer or shorter about the middle.</summary>
static class Columns
{
    /// <summary>How far the viewer is from the screen, in its widths: as a lens of 50 mm before a film of 36 mm.</summary>
    public const double ViewerInWidths = 50.0 / 36;

    public static void Draw(PixelBuffer target, Func<double, Column> columnAt)
    {
        var columns = new Column[target.Width];
        var samplers = new Sampler[target.Width];
        for (var x = 0; x < columns.Length; x++)
        {
            columns[x] = columnAt(x + 0.5);
            samplers[x] = columns[x].Picture is { } picture ? new(picture) : default;
        }

        var (height, middle) = (target.Height, target.Height / 2f);
        Rows.ForEach(height, y =>
        {
            var row = target.PixelsOf(y);
            for (var x = 0; x < row.Length; x++)
            {
                ref readonly var column = ref columns[x];
                var down = middle + (y + 0.5f - middle) * column.Stretch;
                // Upper and lower edges are smooth.
                var cover = column.Picture is null ? 0 : Math.Max(0, Math.Min(1, Math.Min(down, height - down) / column.Stretch + 0.5f));
                row[x] = cover == 0 ? 0 : Fixed.Pack(Fixed.Lit(samplers[x].At(column.X, down), column.Light, cover));
            }
        });
    }
}
