using System.Runtime.Intrinsics;
using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Transitions.Kernels;

/// <summary>Where eight pixels are read from in both pictures. A struct, so that it is inlined in the loop.</summary>
interface IWarp
{
    /// <param name="x">The middles of eight pixels, from the left.</param>
    /// <param name="y">From the top.</param>
    Bent At(Vector256<float> x, Vector256<float> y);
}

/// <param name="X">Pixels from the left, with <paramref name="Y"/> from the top.</param>
/// <param name="Share">Of the second picture, 0 to 1.</param>
/// <param name="Light">What colours are multiplied by.</param>
readonly record struct Bent(Vector256<float> X, Vector256<float> Y, Vector256<float> Share, Vector256<float> Light);

/// <summary>Bends both pictures alike while one dissolves into the other.</summary>
static class Warp
{
    public static void Draw<T>(PixelBuffer from, PixelBuffer to, PixelBuffer target, T warp)
        where T : struct, IWarp
    {
        var (first, second) = (new Sampler(from), new Sampler(to));
        Rows.ForEach(target.Height, y =>
        {
            var row = target.PixelsOf(y);
            var down = Vector256.Create(y + 0.5f);
            for (var x = 0; x < row.Length; x += Lanes.Count)
                Draw(warp.At(Lanes.From(x), down), first, second, row[x..Math.Min(row.Length, x + Lanes.Count)]);
        });
    }

    static unsafe void Draw(in Bent bent, in Sampler first, in Sampler second, Span<uint> target)
    {
        var (across, down) = (first.AcrossOf(bent.X), first.DownOf(bent.Y));
        var (shares, light) = (Vector256.ConvertToInt32(bent.Share * Sampler.One + Vector256.Create(0.5f)), bent.Light);
        var isLit = light != Vector256<float>.One;
        // Lanes are read from memory one by one.
        int* x = (int*)&across, y = (int*)&down, share = (int*)&shares;
        var lights = (float*)&light;
        for (var lane = 0; lane < target.Length; lane++)
        {
            var pixel = share[lane] switch
            {
                0 => first.At(x[lane], y[lane]),
                Sampler.One => second.At(x[lane], y[lane]),
                var part => Fixed.Mix(first.At(x[lane], y[lane]), second.At(x[lane], y[lane]), part),
            };
            target[lane] = Fixed.Pack(isLit ? Fixed.Lit(pixel, lights[lane]) : pixel);
        }
    }
}
