using Framelane.Application.Renders.Scenes;

namespace Framelane.Rendering.Timelines;

/// <summary>An element that is seen, and when.</summary>
/// <param name="Key">Its id, or <c>#</c> and its place in the list; within a composition after the composition's key. What is random about it is drawn from this.</param>
/// <param name="Index">Its place in the list; of two with the same z-index the lower is in front.</param>
/// <param name="End">Seconds; it is not seen at this instant any more.</param>
/// <param name="Placement">At rest, before its motions.</param>
/// <param name="Nested">A composition's own timeline, which begins with the element.</param>
public sealed record Layer(VisualElement Element, string Key, int Index, double Start, double End, Placement Placement, Timeline? Nested)
{
    /// <summary>Later or earlier than its start where a transition brings it in.</summary>
    public double ShownFrom { get; init; } = Start;

    public int ZIndex => Element.ZIndex ?? Element.DefaultZIndex;

    public bool IsShownAt(double time) => Element.Visible && time >= ShownFrom && time < End;

    /// <summary>The second of its source that is shown; before its start, the first.</summary>
    public double SourceTime(double time)
    {
        var elapsed = Math.Max(0, time - Start);
        return Element is VideoElement video ? video.InPoint + elapsed * video.Speed : elapsed;
    }
}
