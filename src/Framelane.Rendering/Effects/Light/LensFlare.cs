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
        // Where it lies on the line, the lamp being at 1; its radius; red, green, blue.
        static readonly (float Place, float Radius, float Red, float Green, float Blue)[] Ghosts =
        [
            (0.45f, 0.05f, 0.3f, 0.26f, 0.12f), (-0.2f, 0.028f, 0.1f, 0.28f, 0.3f), (-0.5f, 0.11f, 0.08f, 0.2f, 0.1f),
            (-0.85f, 0.055f, 0.34f, 0.16f, 0.08f), (-1.25f, 0.19f, 0.1f, 0.12f, 0.22f), (-1.5f, 0.04f, 0.2f, 0.2f, 0.3f),
        ];

        public Block At(Vector256<float> x, float y)
        {
            var (dx, dy) = (x.Plus(-lampX), y - lampY);
            var far = Vector256.Sqrt((dx * dx).Plus(dy * dy));
            var glare = Vector256.Exp(far * far * -350) * 1.1f + Vector256.Exp(far * -9) * 0.5f + Vector256.Exp(far * -2.2f) * 0.12f;
            glare += Rays(dx, dy, far) * Vector256.Exp(far * -7);
            var streak = Vector256.Exp((Vector256.Abs(dx) * -2.4f).Plus(-Math.Abs(dy) * 130)) * 0.5f;
            var light = new Block(
                glare * 0.82f + streak + Ring(far, 0.35f), glare * 0.94f + streak * 0.55f + Ring(far, 0.365f), glare + streak * 0.3f + Ring(far, 0.38f), Vector256<float>.One);
            foreach (var (place, radius, red, green, blue) in Ghosts)
            {
                var (gx, gy) = (x.Plus(-place * lampX), y - place * lampY);
                var share = Vector256.Sqrt((gx * gx).Plus(gy * gy)) * (1 / radius);
                // Brighter towards the rim.
                var shine = (share * share * 0.55f).Plus(0.45f) * Wide.Step(0.9f, 1.1f, share).From(1);
                light += new Block(shine * blue, shine * green, shine * red, Vector256<float>.Zero);
            }

            return light;
        }

        static Vector256<float> Ring(Vector256<float> far, float radius) => Vector256.Exp(far.Plus(-radius) * far.Plus(-radius) * -4500) * 0.2f;

        /// <summary>Fourteen long rays and eight short ones, uneven because their numbers are.</summary>
        static Vector256<float> Rays(Vector256<float> dx, float dy, Vector256<float> far)
        {
            // The cosine, from a slanting axis, and by Chebyshev's polynomials those of four and seven times the angle.
            var cos = (dx * 0.94f).Plus(dy * 0.34f) / Vector256.Max(far, Vector256.Create(1e-4f));
            var square = cos * cos;
            var four = (square * square - square).Plus(0.125f) * 8;
            var seven = (((square * 64).Plus(-112) * square).Plus(56) * square).Plus(-7) * cos;
            return Power(four * four) * 0.27f + Power(seven * seven) * 0.45f;
        }

        /// <summary>Of a square, the sixteenth power: thin.</summary>
        static Vector256<float> Power(Vector256<float> square)
        {
            var fourth = square * square * square * square;
            return fourth * fourth * fourth * fourth;
        }
    }
}
