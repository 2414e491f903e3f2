using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Framelane.Rendering.Effects;
using Framelane.Rendering.Frames;

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
        var share = Packed.Weights(Vector256.Create((float)Wide.Smooth((progress - 0.3) / 0.4)));
        using var first = new PixelBuffer((width + Shrink - 1) / Shrink, (height + Shrink - 1) / Shrink);
        using var second = new PixelBuffer(first.Width, first.Height);
        PixelKernel.Fill(first, new Shrunken(new(from), new(to), share));
        var (source, other) = (first, second);
        for (var pass = 0; pass < Passes; pass++)
        {
            var nearer = (float)Math.Pow(1 - strength, 1 / (double)(1 << (pass + 1)));
            PixelKernel.Mix(source, source, other, new Doubled(new(source), (source.Width - 1) / 2f, (source.Height - 1) / 2f, nearer));
            (source, other) = (other, source);
        }

        PixelKernel.Mix(from, to, target, new Finished(new(source, Shrink), share, (width - 1) / 2f, (height - 1) / 2f, (float)strength / Visible));
    }

    readonly struct Shrunken(Sampler from, Sampler to, Vector256<ushort> share) : IBlockFill
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<uint> At(Place place)
        {
            var (columns, row) = (place.Columns * Shrink + Vector256.Create(Shrink / 2), place.Row * Shrink + Shrink / 2);
            return Packed.Mix(from.Pixels(columns, row), to.Pixels(columns, row), share);
        }
    }

    /// <summary>The mean of the picture and of itself, nearer to the middle.</summary>
    readonly struct Doubled(Sampler source, float middleX, float middleY, float nearer) : IBlockMix
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<uint> Of(Vector256<uint> own, Vector256<uint> same, Place place) => Packed.Mix(
            own, source.PixelsAt((place.X.Plus(-middleX) * nearer).Plus(middleX), middleY + (place.Row - middleY) * nearer), Vector256.Create((ushort)(Packed.One / 2)));
    }

    readonly struct Finished(Enlarged streaks, Vector256<ushort> share, float middleX, float middleY, float strength) : IBlockMix
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<uint> Of(Vector256<uint> from, Vector256<uint> to, Place place)
        {
            var streak = Packed.Weights(Wide.Unit(Wide.Length(place.X.Plus(-middleX), Vector256.Create(place.Row - middleY)) * strength));
            return Packed.Mix(Packed.Mix(from, to, share), streaks.PixelsAt(place), streak);
        }
    }
}
