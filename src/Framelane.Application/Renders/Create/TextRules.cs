using Framelane.Application.Capabilities;
using Framelane.Application.Common;
using Framelane.Application.Renders.Scenes;

namespace Framelane.Application.Renders.Create;

sealed class TextRules(SceneFaults faults, FramelaneLimits limits)
{
    public void Check(TextElement text, string at)
    {
        if (text.Text is { Length: 0 })
            faults.Add($"{at}.{nameof(text.Text)}", "too_short", "At least one character.", "");
        faults.Length($"{at}.{nameof(text.Text)}", text.Text, limits.TextLength);
        faults.Color($"{at}.{nameof(text.TextColor)}", text.TextColor);
        faults.Color($"{at}.{nameof(text.StrokeColor)}", text.StrokeColor);
        faults.Color($"{at}.{nameof(text.BackgroundColor)}", text.BackgroundColor);
        if ((text.Background ? 1 : 0) + (text.Stroke ? 1 : 0) + (text.Shadow ? 1 : 0) > 1)
            faults.Add(at, "exclusive_fields", "At most one of background, stroke and shadow is true.");
        if (text.WordAnimation is { } animation)
            CheckWords(animation, $"{at}.{nameof(text.WordAnimation)}");
        Known($"{at}.{nameof(text.AnimationPreset)}", text.AnimationPreset, SceneCapabilities.TextPreset, SceneNames.TextPresets, "an animation preset");
    }

    // The element's own entry of the catalogue says which of all of them this installation can do.
    void Known(string place, string? name, string parameter, IEnumerable<string> all, string what)
    {
        var built = faults.Catalogue.ElementTypes.First(type => type.Type == "text").Parameters[parameter].Enum!;
        faults.Known(place, name, [.. all.Select(each => built.Contains(each) ? Capability.Ready(each) : Capability.NotYet(each))], what);
    }

    void CheckWords(WordAnimation animation, string at)
    {
        Known($"{at}.{nameof(animation.Style)}", WireNames.Of(animation.Style), SceneCapabilities.WordAnimation, SceneNames.WordAnimations, "a word animation");
        if (animation.Words is { Count: 0 })
            faults.Add($"{at}.{nameof(animation.Words)}", "too_short", "At least one word.");

        // A text holds no more words than characters, nor a longer word than itself.
        foreach (var (word, place) in faults.Entries(animation.Words, $"{at}.{nameof(animation.Words)}", limits.TextLength))
        {
            faults.Length($"{place}.{nameof(word.Text)}", word.Text, limits.TextLength);
            faults.Ranges(word, place);
            if (word.End <= word.Start)
                faults.Add($"{place}.{nameof(word.End)}", "out_of_range", "end must come after start.", word.End);
        }
    }
}
