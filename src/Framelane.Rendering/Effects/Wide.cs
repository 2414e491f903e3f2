using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Framelane.Rendering.Effects;

/// <summary>Sums on eight numbers at once.</summary>
static unsafe class Wide
{
    /// <summary>0 to 7.</summary>
    public static Vector256<int> Places => Vector256.Create(0, 1, 2, 3, 4, 5, 6, 7);

    /// <summary>Cut to 0 and 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Unit(Vector256<float> values) => Vector256.MinNative(Vector256.MaxNative(values, Vector256<float>.Zero), Vector256<float>.One);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Clamp(Vector256<int> values, int highest) => Vector256.Min(Vector256.Max(values, Vector256<int>.Zero), Vector256.Create(highest));

    /// <summary>From 0 at the first to 1 at the second, without corners.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Step(float from, float to, Vector256<float> at) => Smooth((at - Vector256.Create(from)) * (1 / (to - from)));

    /// <summary>From 0 to 1 without corners.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Smooth(Vector256<float> values) => Unit(values) is var share ? share * share * (Vector256.Create(3f) - share - share) : share;

    public static double Smooth(double value) => Math.Clamp(value, 0, 1) is var share ? share * share * (3 - 2 * share) : share;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Fraction(Vector256<float> values) => values - Vector256.Floor(values);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Length(Vector256<float> x, Vector256<float> y) => Vector256.Sqrt(x * x + y * y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Plus(this Vector256<float> values, float number) => values + Vector256.Create(number);

    /// <summary>A number less each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> From(this Vector256<float> values, float number) => Vector256.Create(number) - values;

    /// <summary>Whole, downwards where they are not negative.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Whole(this Vector256<float> values) => Vector256.ConvertToInt32Native(values);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Float(this Vector256<int> values) => Vector256.ConvertToSingle(values);

    /// <summary>Of an angle, to within 1/30,000.</summary>
    /// <param name="turns">Times round; 1 is the whole circle.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector256<float> Sin, Vector256<float> Cos) SinCos(Vector256<float> turns)
    {
        // By quarters: within an eighth to either side of one both series are short.
        var quarters = turns * 4;
        var whole = Vector256.Round(quarters);
        var angle = (quarters - whole) * (MathF.PI / 2);
        var square = angle * angle;
        var sin = angle * ((square * (1f / 120)).Plus(-1f / 6) * square).Plus(1);
        var cos = (((square * (-1f / 720)).Plus(1f / 24) * square).Plus(-0.5f) * square).Plus(1);
        var quarter = whole.Whole();
        var isOdd = Vector256.Equals(quarter & Vector256<int>.One, Vector256<int>.One).AsSingle();
        // The signs turn from the third quarter on, and for the cosine from the second.
        var (sinSign, cosSign) = ((quarter & Vector256.Create(2)) << 30, (quarter + Vector256<int>.One & Vector256.Create(2)) << 30);
        return (
            (Vector256.ConditionalSelect(isOdd, cos, sin).AsInt32() ^ sinSign).AsSingle(), (Vector256.ConditionalSelect(isOdd, sin, cos).AsInt32() ^ cosSign).AsSingle());
    }

    /// <summary><see cref="Seed.Mix"/> of each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> Mix(Vector256<uint> values)
    {
        values = (values ^ values >>> 16) * 0x7feb352d;
        values = (values ^ values >>> 15) * 0x846ca68b;
        return values ^ values >>> 16;
    }

    /// <summary><see cref="Seed.Unit"/> of each place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Chance(uint seed, Vector256<int> places) => Chance(Vector256.Create(seed), places);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Chance(Vector256<uint> seeds, Vector256<int> places) =>
        Vector256.ConvertToSingle((Mix(seeds + places.AsUInt32() * 0x9e3779b9) >>> 8).AsInt32()) * (1f / (1 << 24));

    /// <summary>Reads eight places of a table, none of which may lie outside.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> Gather(uint* table, Vector256<int> places) => Avx2.IsSupported
        ? Avx2.GatherVector256(table, places, sizeof(uint))
        : Vector256.Create(
            table[places[0]], table[places[1]], table[places[2]], table[places[3]], table[places[4]], table[places[5]], table[places[6]], table[places[7]]);
}
