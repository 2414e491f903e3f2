using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Transitions;

/// <summary>The first darkens until the middle, then the second lights up; what is transparent stays so.</summary>
sealed class DipToBlack : ITransition
{
    public string Name => "dip_to_black";

    public bool KeepsOpaque => true;

    public void Draw(PixelBuffer from, PixelBuffer to, double progress, PixelBuffer target) => Mixer.Mix(
        from, to, new(Math.Max(0, 1 - 2 * progress), Math.Max(0, 2 * progress - 1)), new(1 - progress, progress), target);
}
