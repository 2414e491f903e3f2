using System.Runtime.CompilerServices;
using Framelane.Rendering.Frames;
using SkiaSharp;

namespace Framelane.Rendering.Effects.Signal;

/// <summary>What a video recorder lays over a picture that is itself left sharp: PLAY and the tape's counter, a band of mistracking that climbs, noise at the head switch, dropouts.</summary>
sealed class VhsOverlay : IEffect
{
    // Of the height: the band, and the noise at the bottom; seconds that the band takes to climb.
    const float Band = 0.09f, Bottom = 0.02f;

    const double Climb = 7;

    public string Name => "vhs_overlay";

    public void Apply(PixelBuffer picture, in EffectCall call)
    {
        var place = (float)(call.Time / Climb + Seed.Unit(call.Steady, 0));
        var top = (1 + Band) * (1 - (place - MathF.Floor(place))) - Band;
        PixelKernel.RunBlocks(picture, new Tracking(call, picture, top));
        Dropouts.Draw(picture, call.Seed, 6, 0.8f * call.Intensity);
        Dropouts.Draw(picture, call.Seed + 1, 30, call.Intensity, Math.Max(0, top), Math.Clamp(top + Band, 0, 1));
        Display(picture, call);
    }

    static void Display(PixelBuffer picture, in EffectCall call)
    {
        using var surface = picture.ToSurface();
        var unit = Math.Min(picture.Width, picture.Height) / 100f;
        using var paint = new SKPaint { BlendMode = SKBlendMode.SrcATop, IsAntialias = true };
        var seconds = (long)(call.Time + 1e-6);
        var counter = FormattableString.Invariant($"SP {seconds / 3600}:{seconds / 60 % 60:00}:{seconds % 60:00}");
        // A shadow keeps the letters legible over white.
        foreach (var (offset, color) in new[] { (0.35f, SKColors.Black), (0f, new SKColor(235, 240, 255)) })
        {
            paint.Color = color.WithAlpha((byte)(230 * call.Intensity));
            DotLetters.Draw(surface.Canvas, "PLAY >", (7 + offset) * unit, (8 + offset) * unit, 0.9f * unit, paint);
            DotLetters.Draw(surface.Canvas, counter, (7 + offset) * unit, picture.Height - (15 - offset) * unit, 0.75f * unit, paint);
        }

        surface.Flush();
    }

    readonly struct Tracking(in EffectCall call, PixelBuffer picture, float top) : IBlockChange
    {
        readonly float first = top * picture.Height, last = (top + Band) * picture.Height, bottom = (1 - Bottom) * picture.Height, intensity = call.Intensity;
        readonly uint seed = call.Seed;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Block Apply(Block pixels, Place place)
        {
            // A band is strongest in its middle.
            var y = place.Row;
            var strength = y >= bottom ? 0.8f : y >= first && y < last ? 1 - Math.Abs(2 * (y - first) / (last - first) - 1) : 0;
            if (strength == 0)
                return pixels;
            // Streaks: several pixels of a line share their noise.
            var noise = Wide.Chance(seed ^ (uint)y * 0x85ebca6b, (place.X * (1f / 6)).Whole()) * (1.6f * Seed.Unit(seed, y));
            return pixels.Add(noise.Plus(-0.18f) * (intensity * strength));
        }
    }
}
