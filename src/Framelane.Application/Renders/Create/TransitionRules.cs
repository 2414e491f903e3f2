using Framelane.Application.Common;
using Framelane.Application.Renders.Scenes;

namespace Framelane.Application.Renders.Create;

/// <summary>The transitions of a list of elements.</summary>
sealed class TransitionRules(SceneFaults faults, FramelaneLimits limits)
{
    /// <param name="prefix">The place that holds both lists, with its dot; empty for the scene itself.</param>
    public void Check(IReadOnlyList<SceneElement>? elements, IReadOnlyList<SceneTransition>? transitions, string prefix)
    {
        var ends = EndsOf(elements ?? []);
        var (froms, tos) = (new HashSet<string>(), new HashSet<string>());
        foreach (var (transition, at) in faults.Entries(transitions, $"{prefix}Transitions", limits.Transitions))
        {
            faults.Known($"{at}.{nameof(transition.Type)}", transition.Type, faults.Catalogue.Transitions, "a transition");
            faults.Ranges(transition, at);
            CheckEnd($"{at}.{nameof(transition.FromId)}", transition.FromId, ends, froms, "from");
            CheckEnd($"{at}.{nameof(transition.ToId)}", transition.ToId, ends, tos, "to");
            if (transition.FromId is not null && transition.FromId == transition.ToId)
                faults.Add($"{at}.{nameof(transition.ToId)}", "transition_self", "A transition goes from one element to another.", transition.ToId);
            else if (EndOf(transition.ToId) < EndOf(transition.FromId))
                faults.Add($"{at}.{nameof(transition.ToId)}", "transition_window", "The element ends before the transition to it does, which is where from_id ends.", transition.ToId);
        }

        double? EndOf(string? id) => id is null ? null : ends.GetValueOrDefault(id);
    }

    /// <summary>Of what a transition may name: seconds; null where only a source says it.</summary>
    static Dictionary<string, double?> EndsOf(IReadOnlyList<SceneElement> elements) => elements
        .Where(element => element is VisualElement && !string.IsNullOrEmpty(element.Id))
        .DistinctBy(element => element.Id)
        .ToDictionary(element => element.Id!, SceneTimes.EndOf);

    void CheckEnd(string place, string? id, Dictionary<string, double?> visible, HashSet<string> taken, string side)
    {
        if (id is null)
            return;
        if (!visible.ContainsKey(id))
            faults.Add(place, "dangling_transition", "No video, image, text or composition has that id.", id);
        else if (!taken.Add(id))
            faults.Add(place, "duplicate_transition", $"Another transition names that element as its {side}_id.", id);
    }
}
