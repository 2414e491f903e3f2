using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Framelane.Application.Renders.Scenes;
using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Effects.Color;

/// <summary>Makes a range of colours transparent, as far as intensity says.</summary>
sealed class ChromaKey : IEffect
{
    public string Name => "chroma_key";

    public void Apply(PixelBuffer picture, in EffectCall call) =>
        PixelKernel.RunBlocks(picture, new Key(call.Chroma ?? new(), call.Intensity));

    readonly struct Key(ChromaSettings range, float intensity) : IBlockChange
    {
        readonly float hueMin = (float)range.HueMin, hueMax = (float)range.HueMax, satMin = (float)range.SatMin, satMax = (float)range.SatMax;
        readonly float lumMin = (float)range.LumMin, lumMax = (float)range.LumMax;

        // The hue that is 360° as well: red, where the range ends there; else none.
        readonly float fullTurn = range.HueMax == 360 ? 0 : -1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Block Apply(Block pixels, Place place) => pixels * Vector256.ConditionalSelect(IsWithin(pixels * pixels.Unalpha), Vector256.Create(1 - intensity), Vector256<float>.One);

        /// <summary>By hue, saturation and lightness, as HSL has them.</summary>
        Vector256<float> IsWithin(Block color)
        {
            var (b, g, r) = (color.Blue, color.Green, color.Red);
            var (highest, lowest) = (Vector256.Max(r, Vector256.Max(g, b)), Vector256.Min(r, Vector256.Min(g, b)));
            var (spread, light) = (highest - lowest, (highest + lowest) * 0.5f);
            var isGrey = Vector256.Equals(spread, Vector256<float>.Zero);
            var saturation = Vector256.ConditionalSelect(isGrey, Vector256<float>.Zero, spread / Vector256.Abs((light + light).Plus(-1)).From(1));
            var sector = Vector256.ConditionalSelect(
                Vector256.Equals(highest, r),
                g - b,
                Vector256.ConditionalSelect(Vector256.Equals(highest, g), b - r + spread + spread, r - g + spread * 4));
            var hue = Vector256.ConditionalSelect(isGrey, Vector256<float>.Zero, sector / spread * 60f);
            hue += (Vector256.LessThan(hue, Vector256<float>.Zero) | Vector256.AndNot(Vector256.Equals(hue, Vector256.Create(fullTurn)), isGrey)) & Vector256.Create(360f);
            var (above, below) = (Vector256.GreaterThanOrEqual(hue, Vector256.Create(hueMin)), Vector256.LessThanOrEqual(hue, Vector256.Create(hueMax)));
            // A quotient of bytes is a hair off: 1 is not to fall out of a range that ends there.
            return (hueMin <= hueMax ? above & below : above | below)
                & Vector256.GreaterThanOrEqual(saturation, Vector256.Create(satMin - 1e-5f)) & Vector256.LessThanOrEqual(saturation, Vector256.Create(satMax + 1e-5f))
                & Vector256.GreaterThanOrEqual(light, Vector256.Create(lumMin)) & Vector256.LessThanOrEqual(light, Vector256.Create(lumMax))
                & Vector256.GreaterThan(color.Alpha, Vector256<float>.Zero);
        }
    }
}
