using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Effects.Lens;

/// <summary>Every pixel is the mean of the square about it, each as heavy.</summary>
sealed class BoxBlurEffect : IEffect
{
    // From the middle to the square's side, of the shorter side.
    const float Widest = 0.025f;

    public string Name => "box_blur";

    public void Apply(PixelBuffer picture, in EffectCall call) =>
        BoxBlur.Blur(picture, call.Intensity * Widest * Math.Min(picture.Width, picture.Height), call.Pool);
}
