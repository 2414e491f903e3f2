using System.Globalization;
using Framelane.Application.Renders.Scenes;

namespace Framelane.Application.Renders.Create;

/// <summary>What is odd about a scene and does not refuse it (contract/scene.md, "What is refused").</summary>
static class SceneWarnings
{
    public static IReadOnlyList<string> Of(CreateRenderRequest scene)
    {
        if (scene.Elements.Count == 0)
            return ["The timeline is empty: the background alone is rendered."];
        return [.. scene.Elements.SelectMany((element, index) => Of(element, $"elements[{index}]", scene.Duration))];
    }

    static IEnumerable<string> Of(SceneElement element, string place, double? duration)
    {
        if (element.Time >= duration)
            yield return $"{place} starts at {Number(element.Time)} s, at or after the end at {Number(duration.Value)} s, and is not seen.";
        if (element is not TextElement text)
            yield break;
        if (text.Effects.Count > 0)
            yield return $"{place}: the effects of a text are ignored.";
        foreach (var (word, index) in (text.WordAnimation?.Words ?? []).Select((word, index) => (word, index)))
        {
            if (word.Start < text.Time || word.End > text.Time + text.Duration)
                yield return $"{place}.word_animation.words[{index}] lies outside its text's time.";
        }
    }

    static string Number(double value) => value.ToString(CultureInfo.InvariantCulture);
}
