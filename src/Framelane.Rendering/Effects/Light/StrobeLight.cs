using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Effects.Light;

/// <summary>A stroboscope: by turns the picture is overexposed in the flash and nearly dark.</summary>
/// <remarks>Three flashes a second, the most that WCAG 2.3.1 holds to be safe for people with photosensitive epilepsy.</remarks>
sealed class StrobeLight : IEffect
{
    const double FlashesPerSecond = 3;

    static readonly ColorMatrix Flash = ColorMatrix.Scale(1.5, 0.22), Dark = ColorMatrix.Scale(0.1);

    public string Name => "strobe_light";

    public void Apply(PixelBuffer picture, in EffectCall call)
    {
        var isLit = (call.Time * FlashesPerSecond + 1e-6) % 1 < 0.5;
        PixelKernel.RunBlocks(picture, ColorMatrix.Identity.Mix(isLit ? Flash : Dark, call.Intensity));
    }
}
