using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Transitions;

sealed class CrossDissolve : ITransition
{
    public string Name => "cross_dissolve";

    public bool KeepsOpaque => true;

    public double? MeanAt(double progress) => progress;

    public void Draw(PixelBuffer from, PixelBuffer to, double progress, PixelBuffer target)
    {
        var weights = new Mixer.Weights(1 - progress, progress);
        Mixer.Mix(from, to, weights, weights, target);
    }
}
