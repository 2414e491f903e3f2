using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Transitions;

/// <summary>How one picture gives way to another.</summary>
public interface ITransition
{
    /// <summary>As it is written in a scene.</summary>
    string Name { get; }

    /// <summary>Whether of two opaque pictures it makes an opaque one, at each progress.</summary>
    bool KeepsOpaque => false;

    /// <summary>The second picture's share, 0 to 1, where this is the mean of both and weighted alike at every pixel; null for all others.</summary>
    double? MeanAt(double progress) => null;

    /// <summary>Fills the target; all three are of one size.</summary>
    /// <param name="progress">0 is the first to the pixel, 1 the second.</param>
    void Draw(PixelBuffer from, PixelBuffer to, double progress, PixelBuffer target);
}
