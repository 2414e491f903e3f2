using System.Runtime.Intrinsics;
using Framelane.Rendering.Frames;
using Framelane.Rendering.Transitions.Kernels;

namespace Framelane.Rendering.Transitions.Warps;

/// <summary>A rush into the first picture and out of the second: both streak towards the middle, most of all where one becomes the other.</summary>
sealed class CrossZoom : ITransition
{
    // How long a streak is, of a point's distance from the middle; each pass doubles the number of copies that make it.
    const double Longest = 0.55;
    const int Passes = 5;

    // Streaks are smooth: they are made in a third of the size. Pixels of a streak from which on they are seen alone.
    const int Shrink = 3;
    const float Visible = 9;

    public string Name => "cross_zoom";

    public bool KeepsOpaque => true;

    public void Draw(PixelBuffer from, PixelBuffer to, double progress, PixelBuffer target)
    {
        var (width, height) = (target.Width, target.Height);
        var strength = Longest * Math.Pow(Math.Sin(Math.PI * progress), 2);
        var share = (float)Lanes.Smooth((progress - 0.3) / 0.4);
        using var first = new PixelBuffer((width + Shrink - 1) / Shrink, (height + Shrink - 1) / Shrink);
        using var second = new PixelBuffer(first.Width, first.Height);
        Shrunken(from, to, share, first);
        var (source, other) = (first, second);
        for (var pass = 0; pass < Passes; pass++)
        {
            Double(source, other, (float)Math.Pow(1 - strength, 1 / (double)(1 << (pass + 1))));
            (source, other) = (other, source);
        }

        Finish(from, to, share, source, (float)strength, target);
    }

    static void Shrunken(PixelBuffer from, PixelBuffer to, float share, PixelBuffer target)
    {
        var (a, b) = (new Sampler(from), new Sampler(to));
        Rows.ForEach(target.Height, y =>
        {
            var row = target.PixelsOf(y);
            for (var x = 0; x < row.Length; x++)
                row[x] = Fixed.Pack(Mixed(a, b, share, (x + 0.5f) * Shrink, (y + 0.5f) * Shrink));
        });
    }

    // The mean of the picture and of itself, nearer to the middle.
    static void Double(PixelBuffer source, PixelBuffer target, float nearer)
    {
        var sampler = new Sampler(source);
        var (middleX, middleY) = (source.Width / 2f, source.Height / 2f);
        Rows.ForEach(target.Height, y =>
        {
            var row = target.PixelsOf(y);
            var own = source.PixelsOf(y);
            var down = middleY + (y + 0.5f - middleY) * nearer;
            for (var x = 0; x < row.Length; x++)
                row[x] = Fixed.Pack(Fixed.Mix(Fixed.Unpack(own[x]), sampler.At(middleX + (x + 0.5f - middleX) * nearer, down), Sampler.One / 2));
        });
    }

    static void Finish(PixelBuffer from, PixelBuffer to, float share, PixelBuffer streaks, float strength, PixelBuffer target)
    {
        var (a, b, soft) = (new Sampler(from), new Sampler(to), new Sampler(streaks));
        var (middleX, middleY) = (target.Width / 2f, target.Height / 2f);
        Rows.ForEach(target.Height, y =>
        {
            var row = target.PixelsOf(y);
            for (var x = 0; x < row.Length; x++)
            {
                var (across, down) = (x + 0.5f - middleX, y + 0.5f - middleY);
                var streak = Math.Min(1, MathF.Sqrt(across * across + down * down) * strength / Visible);
                var pixel = soft.At((x + 0.5f) / Shrink, (y + 0.5f) / Shrink);
                row[x] = Fixed.Pack(streak < 1 ? Fixed.Mix(Mixed(a, b, share, x + 0.5f, y + 0.5f), pixel, streak) : pixel);
            }
        });
    }

    static Vector128<ushort> Mixed(in Sampler from, in Sampler to, float share, float x, float y) => share switch
    {
        <= 0 => from.At(x, y),
        >= 1 => to.At(x, y),
        _ => Fixed.Mix(from.At(x, y), to.At(x, y), share),
    };
}
