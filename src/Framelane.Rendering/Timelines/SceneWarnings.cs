using System.Globalization;
using Framelane.Application.Abstractions;
using Framelane.Application.Renders.Scenes;
using Framelane.Rendering.Text;

namespace Framelane.Rendering.Timelines;

/// <summary>What a scene asks for that will not be seen or heard.</summary>
/// <param name="transitions">As they are asked for; of those that can be shown <paramref name="windows"/> are where.</param>
/// <param name="duration">Seconds.</param>
sealed class SceneWarnings(
    IReadOnlyList<SceneElement> elements, IReadOnlyList<SceneTransition> transitions, IReadOnlyList<Layer> layers, IReadOnlyList<TransitionWindow> windows, double duration,
    IReadOnlyDictionary<string, MediaFacts> sources)
{
    /// <summary>How many are told; the rest are counted. A job's answer, its events and each list repeat them all.</summary>
    public const int Max = 100;

    public IReadOnlyList<string> Told()
    {
        List<string> told = [];
        var more = 0;
        foreach (var warning in All())
        {
            if (told.Count < Max)
                told.Add(warning);
            else
                more++;
        }

        return more == 0 ? told : [.. told, $"And {more} more."];
    }

    IEnumerable<string> All()
    {
        if (elements.Count == 0)
            yield return "The timeline is empty.";
        foreach (var warning in elements.SelectMany(OfElement).Concat(transitions.SelectMany(OfTransition)))
            yield return warning;
        foreach (var warning in layers.Where(layer => layer.Nested is not null).SelectMany(layer => layer.Nested!.Warnings.Select(inner => $"In \"{layer.Key}\": {inner}")))
            yield return warning;
    }

    IEnumerable<string> OfElement(SceneElement element, int index)
    {
        var name = element.Id.Length > 0 ? $"Element \"{element.Id}\"" : $"Element {index}";
        if (element.Time >= duration)
            yield return $"{name} starts at {Seconds(element.Time)}, after the end at {Seconds(duration)}.";
        if (element is ISoundingElement && Instants.Length(element, sources) is 0)
            yield return $"{name} starts after the end of its source.";
        if (element is TextElement text)
        {
            foreach (var warning in OfText(text, name))
                yield return warning;
        }
    }

    IEnumerable<string> OfTransition(SceneTransition transition)
    {
        var name = $"The transition from \"{transition.FromId}\" to \"{transition.ToId}\"";
        if (windows.FirstOrDefault(window => ReferenceEquals(window.Transition, transition)) is not { } window)
        {
            yield return $"{name} is not shown: the first already follows the second, or is not seen before it ends.";
            yield break;
        }

        if (layers[window.To].End is var end && end < Math.Min(window.End, duration))
            yield return $"{name} lasts to {Seconds(window.End)}, but the second ends at {Seconds(end)}.";
    }

    static IEnumerable<string> OfText(TextElement text, string name)
    {
        if (text.Effects.Count > 0)
            yield return $"{name} is a text; its effects are ignored.";
        var (start, end) = (Instants.Snap(text.Time), Instants.Snap(text.Time + text.Duration));
        var words = text.WordAnimation?.Words ?? [];
        foreach (var (word, place) in words.Zip(CaptionMatch.Find(text.Text, words)))
        {
            if (place.End == 0)
                yield return $"{name} does not hold the word \"{word.Text}\" after those before it.";
            if (Instants.Snap(word.Start) < start || Instants.Snap(word.End) > end)
                yield return $"{name}: the word \"{word.Text}\" lies outside the text's time.";
        }
    }

    static string Seconds(double value) => value.ToString("0.######", CultureInfo.InvariantCulture) + " s";
}
