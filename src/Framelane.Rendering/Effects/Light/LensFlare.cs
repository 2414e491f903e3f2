using System.Runtime.Intrinsics;
using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Effects.Light;

/// <summary>A lamp in view of a camera: its glare with rays, a coloured ring about it, a blue streak, and the lens's own reflections on the line through the middle. The lamp drifts slowly.</summary>
sealed class LensFlare : IEffect
{
    // Radians a second.
    const double Drift = 0.25;

    public string Name => "lens_flare";

    public void Apply(PixelBuffer picture, in EffectCall call)
    {
        var unit = (float)Math.Min(picture.Width, picture.Height);
        var (sin, cos) = MathF.SinCos((float)(call.Time * Drift % (2 * Math.PI)));
        AddedLight.Screen(picture, new Flare((-0.27f + 0.02f * sin) * picture.Width / unit, (-0.24f + 0.015f * cos) * picture.Height / unit), call);
    }

    readonly struct Flare(float lampX, float lampY) : ILight
    {
        // Where it lies on the line, the lamp being at 1; its radius; blue, green, red.
        static readonly (float Place, float Radius, Vector128<float> Color)[] Ghosts =
        [
            (0.45f, 0.05f, Vector128.Create(0.12f, 0.26f, 0.3f, 0)), (-0.2f, 0.028f, Vector128.Create(0.3f, 0.28f, 0.1f, 0)), (-0.5f, 0.11f, Vector128.Create(0.1f, 0.2f, 0.08f, 0)),
            (-0.85f, 0.055f, Vector128.Create(0.08f, 0.16f, 0.34f, 0)), (-1.25f, 0.19f, Vector128.Create(0.22f, 0.12f, 0.1f, 0)), (-1.5f, 0.04f, Vector128.Create(0.3f, 0.2f, 0.2f, 0)),
        ];

        public Vector128<float> At(float x, float y)
        {
            var (dx, dy) = (x - lampX, y - lampY);
            var far = MathF.Sqrt(dx * dx + dy * dy);
            var light = Vector128.Create(0.82f, 0.94f, 1f, 0) * (1.1f * MathF.Exp(-far * far * 350) + 0.5f * MathF.Exp(-far * 9) + 0.12f * MathF.Exp(-far * 2.2f));

            // Rays: two sets of different numbers, so that they are uneven.
            var angle = MathF.Atan2(dy, dx);
            var rays = MathF.Pow(MathF.Abs(MathF.Cos(angle * 4 + 0.4f)), 24) + 0.6f * MathF.Pow(MathF.Abs(MathF.Cos(angle * 7 + 1.3f)), 40);
            light += Vector128.Create(0.7f, 0.85f, 1f, 0) * (0.45f * rays * MathF.Exp(-far * 7));

            light += Vector128.Create(1f, 0.55f, 0.3f, 0) * (0.5f * MathF.Exp(-MathF.Abs(dy) * 130 - MathF.Abs(dx) * 2.4f));
            light += Vector128.Create(Ring(far, 0.35f), Ring(far, 0.365f), Ring(far, 0.38f), 0) * 0.2f;
            foreach (var (place, radius, color) in Ghosts)
            {
                var (gx, gy) = (x - place * lampX, y - place * lampY);
                var share = MathF.Sqrt(gx * gx + gy * gy) / radius;
                // Brighter towards the rim.
                if (share < 1.1f)
                    light += color * ((0.45f + 0.55f * share * share) * (1 - Tone.Step(0.9f, 1.1f, share)));
            }

            return light;
        }

        static float Ring(float far, float radius) => MathF.Exp(-(far - radius) * (far - radius) * 4500);
    }
}
