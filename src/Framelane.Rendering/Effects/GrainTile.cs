using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Framelane.Rendering.Effects;

/// <summary>Film grain: noise whose specks clump, in a tile without seams that is laid another way for each seed.</summary>
/// <remarks>Normal noise, softened by a binomial kernel of three by three and brought back to a deviation of 1.</remarks>
readonly struct GrainTile
{
    const int Side = 512, Mask = Side - 1;

    // The height, in pixels, up to which a speck is of the pixel's own size.
    const float Fine = 1080;

    static readonly Table Tile = Make();

    readonly int left, top;
    readonly float step;

    /// <param name="shorter">The picture's shorter side, pixels.</param>
    public GrainTile(uint seed, int shorter) =>
        (left, top, step) = ((int)(seed & Mask), (int)(seed >> 16 & Mask), Math.Min(1, Fine / shorter));

    /// <summary>About −3 to 3.</summary>
    /// <param name="stretch">How much wider than high the specks are.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> At(Place place, float stretch = 1)
    {
        var columns = ((place.X * (step / stretch)).Whole() + Vector256.Create(left)) & Vector256.Create(Mask);
        return Tile.At(columns + Vector256.Create((((int)(place.Row * step) + top) & Mask) * Side));
    }

    static Table Make()
    {
        var noise = new float[Side * Side];
        for (var i = 0; i < noise.Length; i++)
            noise[i] = MathF.Sqrt(-2 * MathF.Log(1 - Seed.Unit(1, i))) * MathF.Cos(2 * MathF.PI * Seed.Unit(2, i));

        float At(int x, int y) => noise[((y & Mask) * Side) + (x & Mask)];
        float Across(int x, int y) => (At(x - 1, y) + (2 * At(x, y)) + At(x + 1, y)) / 4;
        // Each of the kernel's two passes leaves 3/8 of the variance.
        return new(Side * Side, i => (Across(i % Side, i / Side - 1) + (2 * Across(i % Side, i / Side)) + Across(i % Side, i / Side + 1)) / 4 / (3.0 / 8));
    }
}
