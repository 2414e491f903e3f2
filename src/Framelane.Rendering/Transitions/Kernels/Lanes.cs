using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Framelane.Rendering.Transitions.Kernels;

/// <summary>Arithmetic on eight pixels side by side.</summary>
static class Lanes
{
    public const int Count = 8;

    static readonly Vector256<float> Ramp = Vector256.Create(0.5f, 1.5f, 2.5f, 3.5f, 4.5f, 5.5f, 6.5f, 7.5f);

    /// <summary>The middles of the eight pixels from that one on.</summary>
    public static Vector256<float> From(int x) => Ramp + Vector256.Create((float)x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Saturate(Vector256<float> value) => Vector256.Min(Vector256.Max(value, Vector256<float>.Zero), Vector256<float>.One);

    /// <summary>From 0 to 1 without a corner.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Smooth(Vector256<float> value) => Saturate(value) is var t ? t * t * (Vector256.Create(3f) - t - t) : t;

    public static double Smooth(double value) => Math.Clamp(value, 0, 1) is var t ? t * t * (3 - 2 * t) : t;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Fraction(Vector256<float> value) => value - Vector256.Floor(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Length(Vector256<float> x, Vector256<float> y) => Vector256.Sqrt(x * x + y * y);

    /// <summary>The direction of a point as seen from the origin: turns clockwise from straight up, 0 to 1, to within 1/20,000.</summary>
    public static Vector256<float> Turns(Vector256<float> x, Vector256<float> y)
    {
        var (across, along) = (Vector256.Abs(x), Vector256.Abs(y));
        var longer = Vector256.Max(Vector256.Max(across, along), Vector256.Create(1e-9f));
        var ratio = Vector256.Min(across, along) / longer;
        var square = ratio * ratio;
        // Atan over one eighth of the circle, fitted to its ends.
        var eighth = (((square * -0.0464965f + Vector256.Create(0.1593142f)) * square - Vector256.Create(0.3276228f)) * square + Vector256<float>.One) * ratio * (1 / MathF.Tau);
        var quarter = Vector256.ConditionalSelect(Vector256.LessThan(across, along), eighth, Vector256.Create(0.25f) - eighth);
        var half = Vector256.ConditionalSelect(Vector256.GreaterThan(y, Vector256<float>.Zero), Vector256.Create(0.5f) - quarter, quarter);
        return Vector256.ConditionalSelect(Vector256.LessThan(x, Vector256<float>.Zero), Vector256<float>.One - half, half);
    }

    /// <summary>Chance by the cell of a lattice, 0 to 1, the same every time.</summary>
    public static Vector256<float> Chance(Vector256<int> x, Vector256<int> y)
    {
        var bits = (x * 0x27d4eb2d + y * 0x165667b1).AsUInt32();
        bits = (bits ^ (bits >> 15)) * Vector256.Create(0x85ebca6bu);
        bits = (bits ^ (bits >> 13)) * Vector256.Create(0xc2b2ae35u);
        return Vector256.ConvertToSingle((bits >> 8).AsInt32()) * (1f / (1 << 24));
    }

    /// <summary>Chance that flows from cell to cell, 0 to 1.</summary>
    public static Vector256<float> Noise(Vector256<float> x, Vector256<float> y)
    {
        var (left, top) = (Vector256.Floor(x), Vector256.Floor(y));
        var (across, down) = (Smooth(x - left), Smooth(y - top));
        var (column, row) = (Vector256.ConvertToInt32(left), Vector256.ConvertToInt32(top));
        var (nextColumn, nextRow) = (column + Vector256<int>.One, row + Vector256<int>.One);
        var above = Mix(Chance(column, row), Chance(nextColumn, row), across);
        return Mix(above, Mix(Chance(column, nextRow), Chance(nextColumn, nextRow), across), down);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Mix(Vector256<float> from, Vector256<float> to, Vector256<float> share) => from + (to - from) * share;
}
