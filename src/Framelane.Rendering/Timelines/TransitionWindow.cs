using Framelane.Application.Renders.Scenes;

namespace Framelane.Rendering.Timelines;

/// <summary>When one layer gives way to another: over the last seconds of the first.</summary>
/// <param name="From">Its place among the timeline's layers.</param>
/// <param name="To">Its place among the timeline's layers.</param>
public sealed record TransitionWindow(SceneTransition Transition, int From, int To, double Start, double End)
{
    public bool IsActiveAt(double time) => time >= Start && time < End;

    /// <summary>0 at its start, below 1 at its last frame.</summary>
    public double ProgressAt(double time) => (time - Start) / (End - Start);
}
