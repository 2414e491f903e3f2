using Framelane.Application.Abstractions;
using Framelane.Application.Renders.Scenes;

namespace Framelane.Rendering.Timelines;

/// <summary>Instants, to be compared as <see cref="SceneTimes.Snap"/> says.</summary>
static class Instants
{
    public static double Snap(double seconds) => SceneTimes.Snap(seconds);

    public static double OfFrame(int frame, double frameRate) => Snap(frame / frameRate);

    /// <summary>Rounded half up, at least 1.</summary>
    public static int Frames(double duration, double frameRate) =>
        (int)Math.Clamp(Math.Floor(Snap(duration * frameRate) + 0.5), 1, int.MaxValue);

    /// <summary>How long an element lasts; null where its source does not say where it ends.</summary>
    public static double? Length(SceneElement element, IReadOnlyDictionary<string, MediaFacts> sources) => element switch
    {
        ISoundingElement sounding => (sounding.OutPoint ?? SourceEnd(sounding, sources.GetValueOrDefault(sounding.SourceUrl))) is { } end
            ? Math.Max(0, (end - sounding.InPoint) / sounding.Speed)
            : null,
        ImageElement image => image.Duration,
        TextElement text => text.Duration,
        CompositionElement composition => composition.Duration ?? LatestEnd(composition.Elements, sources),
        _ => null,
    };

    /// <summary>The second of its source at which that ends: of what is only heard the sound, whose picture may end before or after it.</summary>
    public static double? SourceEnd(ISoundingElement element, MediaFacts? facts) => (element is AudioElement ? facts?.Sound?.Duration : null) ?? facts?.Duration;

    /// <summary>0 where there is nothing, or nothing that says where it ends.</summary>
    public static double LatestEnd(IEnumerable<SceneElement> elements, IReadOnlyDictionary<string, MediaFacts> sources) =>
        elements.Select(element => element.Time + (Length(element, sources) ?? 0)).DefaultIfEmpty().Max();
}
