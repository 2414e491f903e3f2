using System.Runtime.Intrinsics;
using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Effects.Light;

/// <summary>The burnt end of a roll: from one side film is exposed to white, with a ragged edge through yellow and orange to deep red; it flares up and draws back, and flickers.</summary>
sealed class FilmBurn : IEffect
{
    // Radians a second; how often it flickers.
    const double Pace = 1.7, FlickersPerSecond = 12;

    public string Name => "film_burn";

    public void Apply(PixelBuffer picture, in EffectCall call)
    {
        var unit = (float)Math.Min(picture.Width, picture.Height);
        AddedLight.Screen(picture, new Fire(call, picture.Width / unit / 2), call);
    }

    readonly struct Fire(in EffectCall call, float right) : ILight
    {
        readonly float side = Seed.Unit(call.Steady, 0) < 0.5f ? -1 : 1, move = (float)(call.Time % 1000);
        readonly float reach = 0.62f + 0.14f * (float)Math.Sin(call.Time * Pace + Seed.Unit(call.Steady, 1)) + 0.07f * Seed.Either(call.Held(FlickersPerSecond), 2);
        readonly uint chance = call.Steady;

        public Vector128<float> At(float x, float y)
        {
            // From 1 at the burning side; half the rest comes from the other one, fainter.
            var inwards = right - side * x;
            var ragged = 0.34f * (Noise(x * 3.5f + move * 0.6f, y * 2.6f) - 0.5f) + 0.16f * (Noise(x * 9 - move, y * 7 + 40) - 0.5f);
            var heat = Math.Max(1.35f - (inwards / reach) + 2 * ragged, 0.5f - (2 * right - inwards) * 1.6f + ragged);
            return Vector128.Create(Tone.Step(0.75f, 1.35f, heat) * 0.85f, Tone.Step(0.28f, 1.05f, heat) * 0.95f, Tone.Step(0, 0.62f, heat), 0);
        }

        /// <summary>Smooth, 0 to 1: chance at whole places, mixed in between.</summary>
        float Noise(float x, float y)
        {
            var (column, row) = (MathF.Floor(x), MathF.Floor(y));
            var (across, down) = (Tone.Step(0, 1, x - column), Tone.Step(0, 1, y - row));
            var place = (int)column * 7919 + (int)row * 104729;
            var above = Mix(Seed.Unit(chance, place), Seed.Unit(chance, place + 7919), across);
            var below = Mix(Seed.Unit(chance, place + 104729), Seed.Unit(chance, place + 104729 + 7919), across);
            return Mix(above, below, down);
        }

        static float Mix(float from, float to, float share) => from + (to - from) * share;
    }
}
