using System.Runtime.CompilerServices;
using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Effects.Signal;

/// <summary>An old set with a weak aerial: pale colours, snow, a ghost beside everything, lines that slip sideways, every other line dark, a bar of hum that rolls down, round corners.</summary>
sealed class Television : IEffect
{
    // Of the width: how far lines slip, and the ghost's distance.
    const float Slip = 0.004f, GhostShift = 0.022f;

    const float GhostStrength = 0.22f, Snow = 0.24f, Hum = 0.16f, FieldDepth = 0.3f, Saturation = 0.3f;

    const int Lines = 480;

    // Seconds in which the bar rolls through.
    const double Roll = 3.5;

    static readonly ColorMatrix Pale = ColorMatrix.Saturate(Saturation).Then(ColorMatrix.Of([0.97, 0, 0, 0.03], [0, 1, 0, 0.035], [0, 0, 1.04, 0.05]));

    public string Name => "television";

    public void Apply(PixelBuffer picture, in EffectCall call)
    {
        using var copy = call.Pool.RentCopy(picture);
        var lines = new (float Shift, float Light)[picture.Height];
        var (height, time) = ((float)picture.Height, (float)(call.Time % 1000));
        for (var y = 0; y < lines.Length; y++)
        {
            // A few lines together lose their place now and then; a burst of it wanders.
            var burst = MathF.Pow(0.5f + 0.5f * MathF.Sin(y / height * 7 - time * 2.1f), 8);
            var slip = Seed.Either(call.Seed, y) * (0.25f + 1.6f * burst) + MathF.Sin(y / height * 14 + time * 5) * 0.5f;
            var hum = 0.5f + 0.5f * MathF.Sin(2 * MathF.PI * (y / height - (float)(call.Time / Roll % 1)));
            var field = y * Lines / picture.Height % 2 == 0 ? 1 : 1 - FieldDepth;
            lines[y] = (call.Intensity * slip * Slip * picture.Width, 1 + call.Intensity * (field * (1.12f - Hum * hum * hum) - 1));
        }

        PixelKernel.RunBlocks(picture, new Received(new(copy.Buffer), lines, picture, call));
    }

    readonly struct Received(Sampler source, (float Shift, float Light)[] lines, PixelBuffer picture, in EffectCall call) : IBlockChange
    {
        readonly float ghost = GhostShift * picture.Width, intensity = call.Intensity, acrossStep = 2f / picture.Width, downStep = 2f / picture.Height;
        readonly int speck = Math.Max(1, Math.Min(picture.Width, picture.Height) / 540);
        readonly uint seed = call.Seed;
        readonly ColorMatrix pale = ColorMatrix.Identity.Mix(Pale, call.Intensity);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Block Apply(Block pixels, Place place)
        {
            var (shift, light) = lines[place.Row];
            var seen = place.X.Plus(shift);
            var signal = source.Along(seen, place.Row);
            // The ghost comes with the other sign, as a reflection does.
            var reflected = Block.LumaOf(source.Pixels(seen.Plus(-ghost).Whole(), place.Row));
            var level = (signal.Luma - reflected) * GhostStrength;
            var snow = (Wide.Chance(seed + (uint)(place.Row / speck) * 0x85ebca6b, (place.X * (0.5f / speck)).Whole()) * 2).Plus(-1) * Snow;
            var across = (place.X * acrossStep).Plus(acrossStep / 2 - 1);
            var down = (place.Row + 0.5f) * downStep - 1;
            var (x2, y2) = (across * across, down * down);
            var corner = (x2 * x2 * x2).Plus(y2 * y2 * y2);
            var glass = Wide.Step(1.02f, 1.3f, corner * corner).From(1) * (x2 * (-0.3f * y2)).Plus(1);
            return pale.Apply(signal).Add((level + snow) * intensity).Scale((glass * intensity).Plus(1 - intensity) * light);
        }
    }
}
