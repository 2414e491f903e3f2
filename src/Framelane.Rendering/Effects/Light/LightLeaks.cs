using System.Runtime.Intrinsics;
using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Effects.Light;

/// <summary>Light that has found a way into the camera: soft red, orange and magenta veils from the edges, which wander and swell slowly.</summary>
sealed class LightLeaks : IEffect
{
    // Radians a second, of the slowest.
    const double Pace = 0.55;

    public string Name => "light_leaks";

    public void Apply(PixelBuffer picture, in EffectCall call)
    {
        var unit = (float)Math.Min(picture.Width, picture.Height);
        AddedLight.Screen(picture, new Leaks(call, picture.Width / unit / 2, picture.Height / unit / 2), call);
    }

    readonly struct Leaks(in EffectCall call, float right, float bottom) : ILight
    {
        static readonly (float Red, float Green, float Blue)[] Colors = [(1, 0.32f, 0.08f), (0.85f, 0.08f, 0.18f), (1, 0.62f, 0.1f), (0.75f, 0.12f, 0.5f)];

        readonly (float X, float Y, float Across, float Down, float Strength)[] leaks = Spread(call, right, bottom);

        public Block At(Vector256<float> x, float y)
        {
            var light = new Block(Vector256<float>.Zero, Vector256<float>.Zero, Vector256<float>.Zero, Vector256<float>.One);
            for (var i = 0; i < leaks.Length; i++)
            {
                var leak = leaks[i];
                var (dx, dy) = (x.Plus(-leak.X) * leak.Across, (y - leak.Y) * leak.Down);
                var veil = Vector256.Exp((dx * -dx).Plus(-dy * dy)) * leak.Strength;
                light += new Block(veil * Colors[i].Blue, veil * Colors[i].Green, veil * Colors[i].Red, Vector256<float>.Zero);
            }

            return light;
        }

        static (float X, float Y, float Across, float Down, float Strength)[] Spread(in EffectCall call, float right, float bottom)
        {
            var leaks = new (float, float, float, float, float)[Colors.Length];
            // The first one's side; the others take turns.
            var first = Seed.Unit(call.Steady, 0) < 0.5f ? -1 : 1;
            for (var i = 0; i < leaks.Length; i++)
            {
                var phase = (float)(call.Time * Pace * (1 + 0.37 * i) % (2 * Math.PI)) + 2 * MathF.PI * Seed.Unit(call.Steady, 10 + i);
                var side = i % 2 == 0 ? first : -first;
                leaks[i] = (
                    side * right * (1 + 0.12f * MathF.Sin(phase)),
                    bottom * (0.9f * Seed.Either(call.Steady, 20 + i) + 0.3f * MathF.Cos(phase * 0.7f)),
                    1 / (0.34f + 0.1f * MathF.Sin(phase + 1)),
                    1 / (0.55f + 0.15f * MathF.Cos(phase + 2)),
                    (i < 2 ? 0.95f : 0.6f) * (0.8f + 0.2f * MathF.Sin(phase + 3)));
            }

            return leaks;
        }
    }
}
