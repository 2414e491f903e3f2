using System.Text.Json;
using Framelane.Application.Common;
using Framelane.Application.Renders.Scenes;

namespace Framelane.Application.Renders.Create;

/// <summary>The elements of a list, and what is in them.</summary>
sealed class ElementRules(SceneFaults faults, FramelaneLimits limits)
{
    static readonly string[] VideoExtensions = [".mp4", ".mov", ".webm"];

    int count;

    public void Check(IReadOnlyList<SceneElement>? elements, string place, bool isNested)
    {
        var room = limits.Elements - count;
        Count(elements?.Count ?? 0, place);
        var ids = new HashSet<string>();
        foreach (var (element, at) in faults.First(elements, place, room))
        {
            Check(element, at, isNested);
            if (!string.IsNullOrEmpty(element.Id) && !ids.Add(element.Id))
                faults.Add($"{at}.{nameof(element.Id)}", "duplicate_element_id", "Another element has that id.", element.Id);
        }
    }

    /// <summary>Those of compositions included.</summary>
    public static int CountOf(IReadOnlyList<SceneElement>? elements) =>
        (elements ?? []).Sum(element => element is CompositionElement composition ? 1 + CountOf(composition.Elements) : 1);

    // Those of compositions are elements of the scene as well. The list that goes beyond has the fault.
    void Count(int more, string place)
    {
        if (count <= limits.Elements && count + more > limits.Elements)
            faults.Add(place, "too_long", $"At most {limits.Elements} entries, those of compositions included.");
        count += more;
    }

    void Check(SceneElement element, string at, bool isNested)
    {
        faults.Length($"{at}.{nameof(element.Id)}", element.Id, SceneLimits.NameLength);
        faults.Length($"{at}.{nameof(element.Name)}", element.Name, SceneLimits.NameLength);
        faults.Known($"{at}.Type", TypeOf(element), faults.Catalogue.ElementTypes, "an element type");
        faults.Ranges(element, at);
        if (element is VisualElement visual)
            new LookRules(faults).Check(visual, at);
        if (element is ISoundingElement sounding)
            CheckSounding(sounding, at);
        switch (element)
        {
            case VideoElement video:
                CheckVideo(video, at);
                break;
            case ImageElement image:
                if (string.IsNullOrEmpty(image.Id))
                    faults.Add($"{at}.{nameof(image.Id)}", "missing", "An image has an id.");
                break;
            case TextElement text:
                new TextRules(faults, limits).Check(text, at);
                break;
            case CompositionElement composition:
                CheckComposition(composition, at, isNested);
                break;
        }
    }

    static string TypeOf(SceneElement element) => JsonNamingPolicy.SnakeCaseLower.ConvertName(element.GetType().Name[..^"Element".Length]);

    void CheckSounding(ISoundingElement element, string at)
    {
        if (element is AudioElement)
            faults.Url($"{at}.{nameof(element.SourceUrl)}", element.SourceUrl);
        if (element.OutPoint <= element.InPoint)
            faults.Add($"{at}.{nameof(element.OutPoint)}", "out_of_range", "out_point must come after in_point.", element.OutPoint);
    }

    void CheckVideo(VideoElement video, string at)
    {
        if (Uri.TryCreate(video.SourceUrl, UriKind.Absolute, out var uri)
            && !VideoExtensions.Any(extension => uri.AbsolutePath.EndsWith(extension, StringComparison.OrdinalIgnoreCase)))
            faults.Add($"{at}.{nameof(video.SourceUrl)}", "unsupported_source", "A video's path ends in .mp4, .mov or .webm.", video.SourceUrl);
    }

    void CheckComposition(CompositionElement composition, string at, bool isNested)
    {
        if (isNested)
        {
            faults.Add($"{at}.Type", "nested_composition", "A composition holds no other composition.", "composition");
            return;
        }

        new LookRules(faults).CheckEffects(composition.Effects, at);
        Check(composition.Elements, $"{at}.{nameof(composition.Elements)}", isNested: true);
        new TransitionRules(faults, limits).Check(composition.Elements, composition.Transitions, at + ".");
    }
}
