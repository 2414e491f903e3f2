using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Framelane.Rendering.Effects;
using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Transitions.Spaces;

/// <summary>What one upright line of the target shows of pictures that stand upright in space.</summary>
/// <param name="Shown">Which of the two.</param>
/// <param name="X">Pixels from the picture's left.</param>
/// <param name="Stretch">How many of the picture's pixels, upright, one of the target is; 1 where it stands on the screen.</param>
/// <param name="Light">What its colours are multiplied by.</param>
readonly record struct Column(Shown Shown, float X, float Stretch, float Light)
{
    public static readonly Column Nothing = new(Shown.Nothing, 0, 1, 1);
}

[Flags]
enum Shown
{
    Nothing = 0,
    First = 1,
    Second = 2,
}

/// <summary>Draws what stands upright before a viewer at the picture's own height: a line of it is a line of one picture, drawn longer or shorter about the middle.</summary>
static class Columns
{
    /// <summary>How far the viewer is from the screen, in its widths: as a lens of 50 mm before a film of 36 mm.</summary>
    public const double ViewerInWidths = 50.0 / 36;

    /// <param name="columnAt">Of the middle of a line, from the left.</param>
    public static void Draw(PixelBuffer from, PixelBuffer to, PixelBuffer target, Func<double, Column> columnAt)
    {
        // To whole blocks; those that lie beyond the edge are not seen.
        var columns = Enumerable.Range(0, (target.Width + Block.Width - 1) / Block.Width * Block.Width)
            .Select(x => x < target.Width ? columnAt(x + 0.5) : Column.Nothing).ToArray();
        PixelKernel.Fill(target, new Upright(
            new(from), new(to), target.Height, [.. columns.Select(column => (int)column.Shown)],
            [.. columns.Select(column => column.X - 0.5f)], [.. columns.Select(column => column.Stretch)], [.. columns.Select(column => column.Light)]));
    }

    readonly struct Upright(Sampler first, Sampler second, float height, int[] shown, float[] x, float[] stretches, float[] lights) : IBlockFill
    {
        readonly float middle = height / 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<uint> At(Place place)
        {
            var seen = Vector256.Create<int>(shown.AsSpan(place.Column));
            var stretch = Of(stretches, place);
            var down = (stretch * (place.Row + 0.5f - middle)).Plus(middle);
            // Upper and lower edges are smooth.
            var cover = Wide.Unit((Vector256.Min(down, down.From(height)) / stretch).Plus(0.5f)) & Vector256.GreaterThan(seen, Vector256<int>.Zero).AsSingle();
            if (cover == Vector256<float>.Zero)
                return Vector256<uint>.Zero;
            var (across, isSecond) = (Of(x, place), Vector256.Equals(seen, Vector256.Create((int)Shown.Second)).AsUInt32());
            var pixels = isSecond == Vector256<uint>.Zero ? first.PixelsAt(across, down.Plus(-0.5f))
                : isSecond == Vector256<uint>.AllBitsSet ? second.PixelsAt(across, down.Plus(-0.5f))
                : Vector256.ConditionalSelect(isSecond, second.PixelsAt(across, down.Plus(-0.5f)), first.PixelsAt(across, down.Plus(-0.5f)));
            return Packed.Lit(pixels, Of(lights, place), cover);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector256<float> Of(float[] numbers, Place place) => Vector256.Create<float>(numbers.AsSpan(place.Column));
    }
}
