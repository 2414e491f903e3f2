using Framelane.Application.Abstractions;
using Framelane.Application.Renders.Scenes;

namespace Framelane.Rendering.Timelines;

/// <summary>Lays a scene out in time.</summary>
sealed class TimelineBuilder(IReadOnlyDictionary<string, MediaFacts> sources, int frameRate)
{
    public Timeline Scene(CreateRenderRequest scene)
    {
        var duration = scene.Duration ?? (Instants.LatestEnd(scene.Elements, sources) is > 0 and var end ? end : CreateRenderRequest.EmptyDuration);
        return Build(
            scene.Width ?? CreateRenderRequest.DefaultWidth,
            scene.Height ?? CreateRenderRequest.DefaultHeight,
            duration,
            scene.Elements,
            scene.Transitions,
            keyPrefix: "");
    }

    Timeline Build(
        int width, int height, double duration, IReadOnlyList<SceneElement> elements, IReadOnlyList<SceneTransition> transitions, string keyPrefix)
    {
        var layers = elements
            .Select((element, index) => (Element: element as VisualElement, Index: index))
            .Where(entry => entry.Element is not null)
            .Select(entry => Lay(entry.Element!, entry.Index, width, height, duration, keyPrefix))
            .OrderBy(layer => layer.ZIndex).ThenByDescending(layer => layer.Index)
            .ToArray();
        var windows = TransitionLayout.Windows(layers, transitions);
        foreach (var window in windows)
            layers[window.To] = layers[window.To] with { ShownFrom = window.Start };
        return new(width, height, frameRate, duration, layers, windows, new SceneWarnings(elements, transitions, layers, windows, duration, sources).Told());
    }

    Layer Lay(VisualElement element, int index, int width, int height, double sceneDuration, string keyPrefix)
    {
        var key = keyPrefix + (element.Id.Length > 0 ? element.Id : $"#{index}");
        var start = Instants.Snap(element.Time);
        var length = Instants.Length(element, sources);
        var end = length is null ? Math.Max(start, Instants.Snap(sceneDuration)) : Instants.Snap(element.Time + length.Value);
        var placement = Placement.Of(element, width, height);
        return new(element, key, index, start, end, placement, element is CompositionElement composition ? Nest(composition, placement, length ?? 0, key) : null);
    }

    Timeline Nest(CompositionElement composition, Placement placement, double duration, string key)
    {
        // One that is too large is laid out smaller in both ways alike: its canvas keeps its shape, and all of it is on it.
        var factor = Math.Min(1, CreateRenderRequest.MaxSide / Math.Max(placement.Width, placement.Height));
        return Build(
            Side(placement.Width * factor), Side(placement.Height * factor), duration, SceneScale.Elements(composition.Elements, factor), composition.Transitions, key + "/");
    }

    static int Side(double pixels) => Math.Max(1, (int)Math.Round(pixels));
}
