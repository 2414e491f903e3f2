using Framelane.Application.Abstractions;
using Framelane.Application.Renders.Scenes;
using Framelane.Application.Renders.Validate;
using Framelane.Rendering.Media;
using Framelane.Rendering.Timelines;

namespace Framelane.Rendering.Engine;

/// <summary>Lays a scene out in time as the engine does, by what is known of its sources.</summary>
public sealed class RenderForecaster : IRenderForecaster
{
    public RenderForecast Of(CreateRenderRequest scene, IReadOnlyDictionary<string, SourceDuration> durations)
    {
        var facts = durations.ToDictionary(each => each.Key, each => Facts(each.Value));
        var kind = OutputKind.Of(scene);
        var unknown = scene.Duration is null ? FirstUnknown(scene.Elements, facts, "elements") : null;
        var laid = scene with { Elements = Lengthened(scene.Elements, facts), Transitions = Placed(scene.Transitions, scene.Elements, facts) };
        var timeline = Timeline.Of(unknown is null ? laid : laid with { Duration = Enough(laid.Elements, facts) }, facts);
        var format = new VideoFormat(scene.OutputFormat, timeline.Width, timeline.Height, kind.Rate, scene.Alpha);
        double? instant = !scene.OutputFormat.IsStill() ? null : unknown is null ? kind.StillAt(scene, timeline.Duration) : Instants.Snap(scene.FrameAt ?? timeline.Duration / 2);
        var isKnown = unknown is null || scene is { FrameAt: not null } && instant is not null;
        double? length = instant is null && isKnown ? kind.Length(timeline.Duration) : null;
        return new(
            [
                .. timeline.Warnings, .. unknown is null && instant is null ? TooLong(timeline.Duration) : [], .. unknown is null ? kind.WarningsOf(scene, timeline.Duration) : kind.Warnings,
                .. unknown is null ? Array.Empty<string>() : [$"{unknown} lasts as long as its source, which is not known before that is fetched: without out_point or duration it is not known how long the render is."],
            ],
            new()
            {
                WorkSeconds = isKnown ? Math.Round(RenderCost.Of(scene, timeline, kind, instant).Seconds(Environment.ProcessorCount), 2) : null,
                RenderMinutes = instant is not null ? 0 : length / 60,
                Frames = instant is not null ? 1 : isKnown ? kind.Frames(timeline.Duration) : null,
                Width = format.EncodedWidth,
                Height = format.EncodedHeight,
                Duration = length,
                FrameRate = kind.Rate.PerSecond,
            });
    }

    /// <summary>What follows from the scene alone is refused; here it follows from a source.</summary>
    static string[] TooLong(double duration) => Instants.Snap(duration) > CreateRenderRequest.MaxSeconds
        ? [FormattableString.Invariant($"It would last {duration:0.###} s, and renders last {CreateRenderRequest.MaxSeconds} s at most: it will fail.")]
        : [];

    static MediaFacts Facts(SourceDuration source) =>
        new("", source.Seconds, Picture: null, source.Sound is { } sound ? new(StreamIndex: 0, "", Channels: 0, SampleRate: 0) { Duration = sound } : null);

    /// <returns>The place of an element of which it is not known how long it lasts; null where there is none.</returns>
    static string? FirstUnknown(IReadOnlyList<SceneElement> elements, IReadOnlyDictionary<string, MediaFacts> facts, string place) => elements
        .Select((element, index) => element is CompositionElement { Duration: null } composition
            ? FirstUnknown(composition.Elements, facts, $"{place}[{index}].elements")
            : Instants.Length(element, facts) is null ? $"{place}[{index}]" : null)
        .FirstOrDefault(found => found is not null);

    /// <summary>Compositions that last as long as something unknown last long enough.</summary>
    static IReadOnlyList<SceneElement> Lengthened(IReadOnlyList<SceneElement> elements, IReadOnlyDictionary<string, MediaFacts> facts) =>
    [
        .. elements.Select(element => element is CompositionElement composition
            ? composition with
            {
                Duration = composition.Duration ?? (FirstUnknown(composition.Elements, facts, "") is null ? null : Enough(composition.Elements, facts)),
                Transitions = Placed(composition.Transitions, composition.Elements, facts),
            }
            : element),
    ];

    /// <summary>Those of which it is known when they are: out of what is known to end.</summary>
    static IReadOnlyList<SceneTransition> Placed(
        IReadOnlyList<SceneTransition> transitions, IReadOnlyList<SceneElement> elements, IReadOnlyDictionary<string, MediaFacts> facts)
    {
        var unknown = elements.Where(element => FirstUnknown([element], facts, "") is not null).Select(element => element.Id).ToHashSet();
        return [.. transitions.Where(transition => !unknown.Contains(transition.FromId))];
    }

    /// <summary>Seconds within which all begins, so that nothing is said to begin after an end that is not known.</summary>
    static double Enough(IReadOnlyList<SceneElement> elements, IReadOnlyDictionary<string, MediaFacts> facts) =>
        Math.Max(Instants.LatestEnd(elements, facts), elements.Select(element => element.Time).DefaultIfEmpty().Max()) + 1;
}
