using System.Runtime.Intrinsics;
using Framelane.Rendering.Frames;
using Framelane.Rendering.Transitions.Kernels;

namespace Framelane.Rendering.Transitions.Colors;

/// <summary>A dissolve out of phase: red goes over first, then green, then blue.</summary>
sealed class ColorPhase : ITransition
{
    // Of the whole time that each colour takes.
    const double Length = 0.6;

    public string Name => "color_phase";

    public bool KeepsOpaque => true;

    public void Draw(PixelBuffer from, PixelBuffer to, double progress, PixelBuffer target)
    {
        float Share(double delay) => (float)Lanes.Smooth((progress - delay) / Length);
        Pixels.Mix(from, to, target, new Phases(Vector128.Create(Share(1 - Length), Share((1 - Length) / 2), Share(0), (float)progress)));
    }

    readonly struct Phases(Vector128<float> shares) : IPixelMix
    {
        public Vector128<float> Of(Vector128<float> from, Vector128<float> to) => from + (to - from) * shares;
    }
}
