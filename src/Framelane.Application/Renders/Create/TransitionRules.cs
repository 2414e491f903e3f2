using Framelane.Application.Common;
using Framelane.Application.Renders.Scenes;

namespace Framelane.Application.Renders.Create;

/// <summary>The transitions of a list of elements.</summary>
sealed class TransitionRules(SceneFaults faults, FramelaneLimits limits)
{
    /// <param name="prefix">The place that holds both lists, with its dot; empty for the scene itself.</param>
    public void Check(IReadOnlyList<SceneElement>? elements, IReadOnlyList<SceneTransition>? transitions, string prefix)
    {
        faults.Count($"{prefix}Transitions", transitions?.Count ?? 0, limits.Transitions);
        var visible = (elements ?? []).Where(element => element is VisualElement && !string.IsNullOrEmpty(element.Id)).Select(element => element.Id).ToHashSet();
        var (froms, tos) = (new HashSet<string>(), new HashSet<string>());
        foreach (var (transition, index) in (transitions ?? []).Select((transition, index) => (transition, index)))
        {
            if (transition is null)
                continue;
            var at = $"{prefix}Transitions[{index}]";
            faults.Known($"{at}.{nameof(transition.Type)}", transition.Type, faults.Catalogue.Transitions, "a transition");
            faults.Ranges(transition, at);
            CheckEnd($"{at}.{nameof(transition.FromId)}", transition.FromId, visible, froms, "from");
            CheckEnd($"{at}.{nameof(transition.ToId)}", transition.ToId, visible, tos, "to");
            if (transition.FromId is not null && transition.FromId == transition.ToId)
                faults.Add($"{at}.{nameof(transition.ToId)}", "transition_self", "A transition goes from one element to another.", transition.ToId);
            else if (EndOf(elements, transition.ToId) < EndOf(elements, transition.FromId))
                faults.Add($"{at}.{nameof(transition.ToId)}", "transition_window", "The element ends before the transition to it does, which is where from_id ends.", transition.ToId);
        }
    }

    /// <summary>Seconds; null where only a source says it, or nobody.</summary>
    static double? EndOf(IReadOnlyList<SceneElement>? elements, string? id) =>
        id is null ? null : SceneTimes.EndOf(elements?.FirstOrDefault(each => each is VisualElement && each.Id == id));

    void CheckEnd(string place, string? id, HashSet<string> visible, HashSet<string> taken, string side)
    {
        if (id is null)
            return;
        if (!visible.Contains(id))
            faults.Add(place, "dangling_transition", "No video, image, text or composition has that id.", id);
        else if (!taken.Add(id))
            faults.Add(place, "duplicate_transition", $"Another transition names that element as its {side}_id.", id);
    }
}
