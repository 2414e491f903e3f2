using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Effects.Signal;

/// <summary>A colour monitor's tube seen from near: bulging glass with round corners, 240 lines of light and stripes of red, green and blue phosphor.</summary>
/// <remarks>What lines and stripes take of the light is given back, so that the picture is about as bright as before.</remarks>
sealed class Crt : IEffect
{
    const float Bulge = 0.09f, LineDepth = 0.6f, StripeDepth = 0.45f, Gain = 2.1f;

    const int Lines = 240;

    // How dark it is across a line, from its edge.
    static readonly Curve LineShade = new(place => 0.5 + 0.5 * Math.Cos(2 * Math.PI * place));

    public string Name => "crt";

    public void Apply(PixelBuffer picture, in EffectCall call)
    {
        using var copy = call.Pool.RentCopy(picture);
        PixelKernel.RunBlocks(picture, new Tube(new(copy.Buffer), picture, call.Intensity));
    }

    readonly struct Tube(Sampler source, PixelBuffer picture, float intensity) : IBlockChange
    {
        readonly float middleX = (picture.Width - 1) / 2f, middleY = (picture.Height - 1) / 2f, acrossStep = 2f / picture.Width, downStep = 2f / picture.Height;
        // Lines of less than three pixels would flicker away.
        readonly float lines = Math.Min(Lines, picture.Height / 3f) / picture.Height;
        readonly int stripe = Math.Max(1, picture.Height / 720);
        readonly float bulge = intensity * Bulge, gain = 1 + intensity * (Gain - 1);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Block Apply(Block pixels, Place place)
        {
            var (across, down) = (place.X.Plus(-middleX) * acrossStep, (place.Row - middleY) * downStep);
            // A glass whose rows bend with the distance from the middle column, and the other way round.
            var (bentX, bentY) = (across * (1 + bulge * down * down), (across * across * bulge).Plus(1) * down);
            var (seenX, seenY) = ((bentX * (1 / acrossStep)).Plus(middleX), (bentY * (1 / downStep)).Plus(middleY));
            var light = source.At(seenX, seenY);

            var line = seenY.Plus(0.5f) * lines;
            var shade = (LineShade.At(line - Vector256.Floor(line)) * (-LineDepth * intensity)).Plus(1) * gain;
            // Each stripe lets its own colour through, and of the others a part.
            var triad = place.X * (1f / (3 * stripe));
            var phase = triad - Vector256.Floor(triad);
            var (isRed, isBlue) = (Vector256.LessThan(phase, Vector256.Create(0.33f)), Vector256.GreaterThan(phase, Vector256.Create(0.66f)));
            var weak = Vector256.Create(1 - StripeDepth * intensity);
            var (red, blue) = (Vector256.ConditionalSelect(isRed, Vector256<float>.One, weak), Vector256.ConditionalSelect(isBlue, Vector256<float>.One, weak));
            var green = Vector256.ConditionalSelect(isRed | isBlue, weak, Vector256<float>.One);
            var lit = shade * (Edge(bentX, bentY) * intensity).Plus(1 - intensity);
            return new(light.Blue * blue * lit, light.Green * green * lit, light.Red * red * lit, light.Alpha);
        }

        /// <summary>1 on the glass, 0 beyond its round edge; darker towards the corners.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector256<float> Edge(Vector256<float> across, Vector256<float> down)
        {
            var (x2, y2) = (across * across, down * down);
            var (x4, y4) = (x2 * x2, y2 * y2);
            var (x8, y8) = (x4 * x4, y4 * y4);
            return Wide.Step(0.98f, 1.06f, x8 * x8 + y8 * y8).From(1) * (x2 * y2 * -0.22f + (x2 + y2) * -0.08f).Plus(1);
        }
    }
}
