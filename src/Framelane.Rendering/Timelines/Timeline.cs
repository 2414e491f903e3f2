using Framelane.Application.Abstractions;
using Framelane.Application.Renders.Scenes;
using Framelane.Rendering.Motions;

namespace Framelane.Rendering.Timelines;

/// <summary>A scene in time: which layers and transitions are where, when.</summary>
/// <param name="Duration">Seconds.</param>
/// <param name="Layers">Back to front.</param>
/// <param name="Transitions">No two from, and no two to, the same layer; they make no circle.</param>
/// <param name="Warnings">A sentence each.</param>
public sealed record Timeline(
    int Width,
    int Height,
    int FrameRate,
    double Duration,
    IReadOnlyList<Layer> Layers,
    IReadOnlyList<TransitionWindow> Transitions,
    IReadOnlyList<string> Warnings)
{
    /// <param name="scene">A scene that was found valid.</param>
    /// <param name="sources">What the file of each URL is; where one is missing its elements last to the end.</param>
    public static Timeline Of(CreateRenderRequest scene, IReadOnlyDictionary<string, MediaFacts> sources) =>
        new TimelineBuilder(sources, scene.FrameRate).Scene(scene);

    public int FrameCount => Instants.Frames(Duration, FrameRate);

    /// <param name="frame">From 0.</param>
    public FramePlan FrameAt(int frame) => At(Instants.OfFrame(frame, FrameRate));

    /// <param name="time">Seconds from the beginning.</param>
    public FramePlan At(double time)
    {
        var active = Transitions.Where(window => window.IsActiveAt(time)).ToArray();
        var (entering, leaving) = (active.ToDictionary(window => window.To), active.Select(window => window.From).ToHashSet());
        var alone = Enumerable.Range(0, Layers.Count)
            .Where(layer => !entering.ContainsKey(layer) && !leaving.Contains(layer))
            .Select(layer => new Entry(Layers[layer].ZIndex, Layers[layer].Index, Layers[layer].IsShownAt(time), Plan(layer, time)));
        // A transition out of a layer that is itself still coming in takes that one's picture as its own first.
        var pairs = active.Where(window => !leaving.Contains(window.To)).Select(window => Plan(window, entering, time));
        return new(Width, Height, time,
            [.. Seen(alone.Concat(pairs).Where(entry => entry.IsShown).OrderBy(entry => entry.ZIndex).ThenByDescending(entry => entry.Index).Select(entry => entry.Picture))]);
    }

    /// <param name="pictures">Back to front; null is one of which nothing is to be seen, and so nothing of what is clipped to it.</param>
    static IEnumerable<PlannedPicture> Seen(IEnumerable<PlannedPicture?> pictures)
    {
        var isBeforeNothing = false;
        foreach (var picture in pictures)
        {
            var seen = isBeforeNothing ? picture?.Unclipped() : picture;
            isBeforeNothing = seen is null;
            if (seen is not null)
                yield return seen;
        }
    }

    int ZIndex(TransitionWindow window) => window.Transition.ZIndex ?? Math.Max(Layers[window.From].ZIndex, Layers[window.To].ZIndex);

    Entry Plan(TransitionWindow last, Dictionary<int, TransitionWindow> entering, double time)
    {
        // From the far end: as many may overlap as a scene has.
        var chain = new Stack<TransitionWindow>();
        for (var window = last; window is not null; window = entering.GetValueOrDefault(window.From))
            chain.Push(window);
        var first = chain.Peek().From;
        PlannedPicture? picture = Plan(first, time);
        foreach (var window in chain)
            picture = PlannedTransition.Of(window.Transition.Type, window.ProgressAt(time), picture, Plan(window.To, time));
        return new(
            ZIndex(last), Math.Min(Layers[last.From].Index, Layers[last.To].Index), chain.Select(window => window.To).Prepend(first).Any(layer => Layers[layer].IsShownAt(time)), picture);
    }

    PlannedLayer? Plan(int index, double time)
    {
        var layer = Layers[index];
        if (!layer.IsShownAt(time))
            return null;
        var pose = Choreography.PoseAt(layer, time, Width, Height);
        var placement = pose.Move(layer.Placement);
        var opacity = Math.Clamp(layer.Element.Opacity / 100 * pose.Opacity, 0, 1);
        if (opacity == 0 || placement.IsEmpty)
            return null;
        var source = layer.SourceTime(time);
        return new PlannedLayer(layer, source, placement, opacity, layer.Nested?.At(Instants.Snap(source))) { Finish = pose.Finish };
    }

    /// <param name="IsShown">Whether it is its time, though its motions or its opacity may leave nothing of it.</param>
    readonly record struct Entry(int ZIndex, int Index, bool IsShown, PlannedPicture? Picture);
}
