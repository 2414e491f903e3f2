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
        // Far apart, so that no two places share their chance.
        const int Right = 7919, Below = 104729;

        readonly float side = Seed.Unit(call.Steady, 0) < 0.5f ? -1 : 1, move = (float)(call.Time % 1000);
        readonly float reach = 0.62f + 0.14f * (float)Math.Sin(call.Time * Pace + Seed.Unit(call.Steady, 1)) + 0.07f * Seed.Either(call.Held(FlickersPerSecond), 2);
        readonly uint chance = call.Steady;

        public Block At(Vector256<float> x, float y)
        {
            // From 1 at the burning side; a faint rest comes from the other one.
            var inwards = (x * -side).Plus(right);
            var ragged = Noise((x * 3.5f).Plus(move * 0.6f), y * 2.6f).Plus(-0.5f) * 0.34f + Noise((x * 9).Plus(-move), y * 7 + 40).Plus(-0.5f) * 0.16f;
            var heat = Vector256.Max((inwards * (-1 / reach)).Plus(1.35f) + ragged * 2, (inwards * 1.6f).Plus(0.5f - 3.2f * right) + ragged);
            return new(Wide.Step(0.75f, 1.35f, heat) * 0.85f, Wide.Step(0.28f, 1.05f, heat) * 0.95f, Wide.Step(0, 0.62f, heat), Vector256<float>.One);
        }

        /// <summary>Smooth, 0 to 1: chance at whole places, mixed in between.</summary>
        Vector256<float> Noise(Vector256<float> x, float y)
        {
            var (column, row) = (Vector256.Floor(x), MathF.Floor(y));
            var (across, down) = (Wide.Step(0, 1, x - column), Wide.Step(0, 1, Vector256.Create(y - row)));
            var places = column.Whole() * Right + Vector256.Create((int)row * Below);
            var above = Between(places, across);
            return above + (Between(places + Vector256.Create(Below), across) - above) * down;
        }

        Vector256<float> Between(Vector256<int> places, Vector256<float> share)
        {
            var from = Wide.Chance(chance, places);
            return from + (Wide.Chance(chance, places + Vector256.Create(Right)) - from) * share;
        }
    }
}
