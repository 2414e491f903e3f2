using System.Runtime.Intrinsics;
using Framelane.Application.Renders.Scenes;
using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Effects.Color;

/// <summary>Makes a range of colours transparent, as far as intensity says.</summary>
sealed class ChromaKey : IEffect
{
    public string Name => "chroma_key";

    public void Apply(PixelBuffer picture, in EffectCall call) =>
        PixelKernel.Run(picture, new Key(call.Chroma ?? new(), call.Intensity));

    readonly struct Key(ChromaSettings range, float intensity) : IPixelChange
    {
        public Vector128<float> Apply(Vector128<float> pixel) => pixel[3] > 0 && IsWithin(pixel * (1 / pixel[3])) ? pixel * (1 - intensity) : pixel;

        bool IsWithin(Vector128<float> color)
        {
            var (b, g, r) = (color[0], color[1], color[2]);
            var (highest, lowest) = (MathF.Max(r, MathF.Max(g, b)), MathF.Min(r, MathF.Min(g, b)));
            var (spread, light) = (highest - lowest, (highest + lowest) / 2);
            if (light < range.LumMin || light > range.LumMax)
                return false;
            var saturation = spread == 0 ? 0 : spread / (1 - MathF.Abs(2 * light - 1));
            // A quotient of bytes is a hair off: 1 is not to fall out of a range that ends there.
            if (saturation < range.SatMin - 1e-5 || saturation > range.SatMax + 1e-5)
                return false;
            var sector = spread == 0 ? 0 : highest == r ? (g - b) / spread : highest == g ? (b - r) / spread + 2 : (r - g) / spread + 4;
            var hue = (sector * 60 + 360) % 360;
            return range.HueMin <= range.HueMax ? hue >= range.HueMin && hue <= range.HueMax : hue >= range.HueMin || hue <= range.HueMax;
        }
    }
}
