using System.Runtime.Intrinsics;
using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Effects.Signal;

/// <summary>A colour monitor's tube seen from near: bulging glass with round corners, 240 lines of light, stripes of red, green and blue phosphor, and a glow about what is bright.</summary>
/// <remarks>What lines and stripes take of the light is given back, so that the picture is about as bright as before.</remarks>
sealed class Crt : IEffect
{
    const float Bulge = 0.09f, LineDepth = 0.6f, StripeDepth = 0.45f, Glow = 0.22f, Gain = 1.75f;

    const int GlowFactor = 4, Lines = 240;

    // Of the shorter side.
    const float GlowDeviation = 0.012f;

    // The light across a line, from its middle.
    static readonly float[] LineLight = [.. Enumerable.Range(0, 257).Select(i => 0.5f - 0.5f * MathF.Cos(2 * MathF.PI * i / 256))];

    public string Name => "crt";

    public void Apply(PixelBuffer picture, in EffectCall call)
    {
        using var copy = call.Pool.RentCopy(picture);
        using var small = Shrunk.Of(picture, GlowFactor, call.Pool);
        using var glow = Shrunk.Empty(picture, GlowFactor, call.Pool);
        Blurring.Draw(small.Buffer, glow.Buffer, Math.Max(0.3f, GlowDeviation * Math.Min(picture.Width, picture.Height) / GlowFactor));
        PixelKernel.RunPlaced(picture, new Tube(new(copy.Buffer), glow.Enlarge(), picture, call.Intensity));
    }

    readonly struct Tube(Sampler source, Shrunk.Enlarged glow, PixelBuffer picture, float intensity) : IPlacedChange
    {
        readonly float middleX = (picture.Width - 1) / 2f, middleY = (picture.Height - 1) / 2f, acrossStep = 2f / picture.Width, downStep = 2f / picture.Height;
        // Lines of less than three pixels would flicker away.
        readonly float lines = Math.Min(Lines, picture.Height / 3f) / picture.Height;
        readonly int stripe = Math.Max(1, picture.Height / 720);
        readonly float bulge = intensity * Bulge, gain = 1 + intensity * (Gain - 1);

        public Vector128<float> Apply(Vector128<float> pixel, int x, int y)
        {
            var (across, down) = ((x - middleX) * acrossStep, (y - middleY) * downStep);
            // A glass whose rows bend with the distance from the middle column, and the other way round.
            var (bentX, bentY) = (across * (1 + bulge * down * down), down * (1 + bulge * across * across));
            var (seenX, seenY) = (middleX + bentX / acrossStep, middleY + bentY / downStep);
            var light = source.At(seenX, seenY);

            var place = (seenY + 0.5f) * lines;
            var line = LineLight[(int)((place - MathF.Floor(place)) * 256)];
            var phosphor = (x / stripe % 3) switch
            {
                0 => Vector128.Create(1 - StripeDepth, 1 - StripeDepth, 1, 1f),
                1 => Vector128.Create(1 - StripeDepth, 1, 1 - StripeDepth, 1f),
                _ => Vector128.Create(1, 1 - StripeDepth, 1 - StripeDepth, 1f),
            };
            var screen = Tone.Scale(PixelKernel.Mix(light, light * phosphor, intensity), gain * (1 - intensity * LineDepth * (1 - line)));
            var shine = glow.At(seenX, seenY) * (intensity * Glow);
            var edge = Edge(bentX, bentY);
            return Tone.Scale((screen + shine).WithElement(3, light[3]), 1 - intensity * (1 - edge));
        }

        /// <summary>1 on the glass, 0 beyond its round edge; darker towards the corners.</summary>
        static float Edge(float across, float down)
        {
            var (x2, y2) = (across * across, down * down);
            var (x16, y16) = (x2 * x2 * x2 * x2, y2 * y2 * y2 * y2);
            return (1 - Tone.Step(0.98f, 1.06f, x16 * x16 + y16 * y16)) * (1 - 0.22f * x2 * y2 - 0.08f * (x2 + y2));
        }
    }
}
