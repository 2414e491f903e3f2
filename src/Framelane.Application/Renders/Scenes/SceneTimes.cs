namespace Framelane.Application.Renders.Scenes;

/// <summary>When elements end, as far as the scene itself says it: what lasts as long as its source is known once that is fetched.</summary>
public static class SceneTimes
{
    /// <summary>Seconds, to the microsecond; null where it is not known. Of what ends beyond all numbers it is the largest one, for answers name it.</summary>
    public static double? EndOf(SceneElement? element) => LengthOf(element) is { } length ? Snap(Math.Min(element!.Time + length, double.MaxValue)) : null;

    /// <summary>Seconds of all of it, to the microsecond; null where it is not known.</summary>
    public static double? EndOf(CreateRenderRequest scene) => scene.Duration is { } duration
        ? Snap(duration)
        : LatestEnd(scene.Elements) is { } end ? end > 0 ? end : CreateRenderRequest.EmptyDuration : null;

    /// <summary>Seconds of a scene that lasts longer than what moves may; null where it does not, or is not known to.</summary>
    public static double? TooLong(CreateRenderRequest scene) => EndOf(scene) is > CreateRenderRequest.MaxSeconds and var end ? end : null;

    /// <summary>Seconds, as they are compared: to the microsecond, so that 0.1 + 0.2 is the instant 0.3.</summary>
    public static double Snap(double seconds) => Math.Round(seconds, 6);

    static double? LengthOf(SceneElement? element) => element switch
    {
        ISoundingElement { OutPoint: { } end } sounding => Math.Max(0, (end - sounding.InPoint) / sounding.Speed),
        ImageElement image => image.Duration,
        TextElement text => text.Duration,
        CompositionElement composition => composition.Duration ?? LatestEnd(composition.Elements),
        _ => null,
    };

    /// <summary>Of none it is 0.</summary>
    static double? LatestEnd(IReadOnlyList<SceneElement>? elements)
    {
        var latest = 0d;
        foreach (var element in elements ?? [])
        {
            if (EndOf(element) is not { } end)
                return null;
            latest = Math.Max(latest, end);
        }

        return latest;
    }
}
