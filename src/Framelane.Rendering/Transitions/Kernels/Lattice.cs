using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Framelane.Rendering.Effects;

namespace Framelane.Rendering.Transitions.Kernels;

/// <summary>Chance that belongs to places.</summary>
static class Lattice
{
    /// <summary>By the cell of a lattice, 0 to 1, the same every time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Chance(Vector256<int> x, Vector256<int> y)
    {
        var bits = (x * 0x27d4eb2d + y * 0x165667b1).AsUInt32();
        bits = (bits ^ (bits >> 15)) * Vector256.Create(0x85ebca6bu);
        bits = (bits ^ (bits >> 13)) * Vector256.Create(0xc2b2ae35u);
        return Vector256.ConvertToSingle((bits >> 8).AsInt32()) * (1f / (1 << 24));
    }

    /// <summary>Flows from cell to cell, 0 to 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Noise(Vector256<float> x, Vector256<float> y)
    {
        var (left, top) = (Vector256.Floor(x), Vector256.Floor(y));
        var (across, down) = (Wide.Smooth(x - left), Wide.Smooth(y - top));
        var (column, row) = (left.Whole(), top.Whole());
        var (nextColumn, nextRow) = (column + Vector256<int>.One, row + Vector256<int>.One);
        var above = Mix(Chance(column, row), Chance(nextColumn, row), across);
        return Mix(above, Mix(Chance(column, nextRow), Chance(nextColumn, nextRow), across), down);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<float> Mix(Vector256<float> from, Vector256<float> to, Vector256<float> share) => from + (to - from) * share;
}
