using System.Runtime.CompilerServices;

namespace Framelane.Rendering.Effects;

/// <summary>Film grain: noise whose specks clump, in a tile without seams that is laid another way for each seed.</summary>
/// <remarks>Normal noise, softened by a binomial kernel of a pixel's deviation and brought to a deviation of 1.</remarks>
readonly struct GrainTile
{
    const int Side = 512, Mask = Side - 1;

    // The height, in pixels, up to which a speck is of the pixel's own size.
    const float Fine = 1080;

    static readonly float[] Tile = Make();

    readonly int left, top;
    readonly float step;

    /// <param name="shorter">The picture's shorter side, pixels.</param>
    public GrainTile(uint seed, int shorter) =>
        (left, top, step) = ((int)(seed & Mask), (int)(seed >> 16 & Mask), Math.Min(1, Fine / shorter));

    /// <summary>About −3 to 3.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float At(int x, int y) => Tile[((((int)(y * step) + top) & Mask) * Side) + (((int)(x * step) + left) & Mask)];

    static float[] Make()
    {
        var noise = new float[Side * Side];
        for (var i = 0; i < noise.Length; i++)
        {
            var (a, b) = (Seed.Unit(1, i), Seed.Unit(2, i));
            noise[i] = MathF.Sqrt(-2 * MathF.Log(1 - a)) * MathF.Cos(2 * MathF.PI * b);
        }

        float At(int x, int y) => noise[((y & Mask) * Side) + (x & Mask)];
        float Across(int x, int y) => (At(x - 1, y) + (2 * At(x, y)) + At(x + 1, y)) / 4;
        var soft = new float[noise.Length];
        for (var i = 0; i < soft.Length; i++)
        {
            var (x, y) = (i % Side, i / Side);
            // Each of the kernel's two passes leaves 3/8 of the variance.
            soft[i] = (Across(x, y - 1) + (2 * Across(x, y)) + Across(x, y + 1)) / 4 / (3f / 8);
        }

        return soft;
    }
}
