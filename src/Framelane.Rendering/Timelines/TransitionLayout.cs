using Framelane.Application.Renders.Scenes;

namespace Framelane.Rendering.Timelines;

/// <summary>Where transitions lie: each over the last seconds of the layer that it leaves, or all of it where that is shorter.</summary>
static class TransitionLayout
{
    public static IReadOnlyList<TransitionWindow> Windows(Layer[] layers, IReadOnlyList<SceneTransition> transitions)
    {
        var entering = new Dictionary<int, (SceneTransition Transition, int From)>();
        foreach (var transition in transitions)
        {
            var from = Array.FindIndex(layers, layer => layer.Element.Id == transition.FromId);
            var to = Array.FindIndex(layers, layer => layer.Element.Id == transition.ToId);
            if (from >= 0 && to >= 0 && !Leads(entering, to, from))
                entering[to] = (transition, from);
        }

        var starts = new Dictionary<int, double>();
        return
        [
            .. entering
                .Select(entry => new TransitionWindow(
                    entry.Value.Transition, entry.Value.From, entry.Key, Start(layers, entering, starts, entry.Key), layers[entry.Value.From].End))
                .Where(window => window.End > window.Start),
        ];
    }

    // Two elements that end together may each be said to give way to the other: the first transition counts.
    static bool Leads(Dictionary<int, (SceneTransition, int From)> entering, int earlier, int later)
    {
        for (var layer = later; ; layer = entering[layer].From)
        {
            if (layer == earlier)
                return true;
            if (!entering.ContainsKey(layer))
                return false;
        }
    }

    static double Start(Layer[] layers, Dictionary<int, (SceneTransition Transition, int From)> entering, Dictionary<int, double> starts, int to)
    {
        // A loop goes back to the first whose start is known, for a scene may have hundreds.
        var chain = new Stack<int>();
        for (var layer = to; !starts.ContainsKey(layer) && entering.TryGetValue(layer, out var before); layer = before.From)
            chain.Push(layer);
        foreach (var layer in chain)
        {
            var (transition, from) = entering[layer];
            starts[layer] = Math.Max(starts.TryGetValue(from, out var shown) ? shown : layers[from].Start, Instants.Snap(layers[from].End - transition.Duration));
        }

        return starts[to];
    }
}
