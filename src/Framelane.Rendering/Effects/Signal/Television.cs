using System.Runtime.Intrinsics;
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

        PixelKernel.RunPlaced(picture, new Received(new(copy.Buffer), lines, picture, call));
    }

    readonly struct Received(Sampler source, (float Shift, float Light)[] lines, PixelBuffer picture, in EffectCall call) : IPlacedChange
    {
        readonly float ghost = MathF.Round(GhostShift * picture.Width), intensity = call.Intensity, acrossStep = 2f / picture.Width, downStep = 2f / picture.Height;
        readonly int speck = Math.Max(1, Math.Min(picture.Width, picture.Height) / 540);
        readonly uint seed = call.Seed;

        public Vector128<float> Apply(Vector128<float> pixel, int x, int y)
        {
            var (shift, light) = lines[y];
            var signal = source.At(x + shift, y);
            // The ghost comes with the other sign, as a reflection does.
            var reflected = PixelKernel.Unpack(source.Pixel((int)(x + shift - ghost), y));
            var level = GhostStrength * (Tone.Luma(signal) - Tone.Luma(reflected));
            var pale = PixelKernel.Mix(signal, Pale.Apply(signal), intensity);
            var snow = Snow * Seed.Either(seed + (uint)(y / speck) * 0x85ebca6b, x / (2 * speck));
            var (across, down) = ((x + 0.5f) * acrossStep - 1, (y + 0.5f) * downStep - 1);
            var (x2, y2) = (across * across, down * down);
            var corner = x2 * x2 * x2 + y2 * y2 * y2;
            var glass = (1 - Tone.Step(1.02f, 1.3f, corner * corner)) * (1 - 0.3f * x2 * y2);
            return Tone.Scale(Tone.Add(pale, intensity * (level + snow)), light * (1 + (glass - 1) * intensity)).WithElement(3, signal[3]);
        }
    }
}
