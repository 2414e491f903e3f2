using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Framelane.Rendering.Effects.Signal;

/// <summary>A picture each of whose lines is out of its place, and its red and blue from it.</summary>
/// <param name="shifts">Of each line, pixels to the right; red is as far to the right of it as blue to the left.</param>
readonly struct TornLines(Sampler source, (int Jump, int Part)[] shifts) : IBlockChange
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Block Apply(Block pixels, Place place)
    {
        var (jump, part) = shifts[place.Row];
        if (jump == 0 && part == 0)
            return pixels;
        var columns = place.Columns - Vector256.Create(jump);
        var (red, green, blue) = (At(columns - Vector256.Create(part), place.Row), At(columns, place.Row), At(columns + Vector256.Create(part), place.Row));
        return new(blue.Blue, green.Green, red.Red, Vector256.Max(green.Alpha, Vector256.Max(red.Alpha, blue.Alpha)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    Block At(Vector256<int> columns, int row) => Block.Unpack(source.Pixels(columns, row));
}
