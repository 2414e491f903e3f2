using Framelane.Application.Renders.Scenes;
using Framelane.Rendering.Motions;

namespace Framelane.Rendering.Text;

/// <summary>A named entrance of a text: its characters, words or lines come one after another from the element's start.</summary>
sealed class TextPreset
{
    // Of the element's time, at most, so that a text is read before it goes.
    const double LongestShare = 0.6;

    readonly Func<TextUnits, int[]> unit;
    readonly double step;
    readonly double length;
    readonly Func<double, float, Pose> pose;

    /// <param name="step">Seconds from one to the next.</param>
    /// <param name="length">Seconds that each takes to come.</param>
    /// <param name="pose">By progress from 0 to 1, and the pixels of an em.</param>
    TextPreset(string name, Func<TextUnits, int[]> unit, double step, double length, Func<double, float, Pose> pose) =>
        (Name, this.unit, this.step, this.length, this.pose) = (name, unit, step, length, pose);

    public static IReadOnlyList<TextPreset> All { get; } =
    [
        new("typewriter", units => units.Characters, 0.06, 0, (progress, _) => Pose.Rest with { Opacity = progress }),
        new("words_up", units => units.Words, 0.12, 0.5, (progress, em) => Easing.EaseOut.Ease(progress) is var come ? Pose.Rest with { Y = 0.6 * em * (1 - come), Opacity = come } : default),
        new("lines_fade", units => units.Lines, 0.3, 0.6, (progress, _) => Pose.Rest with { Opacity = Easing.EaseInOut.Ease(progress) }),
        new("letters_pop", units => units.Characters, 0.04, 0.35, (progress, _) => Pose.Rest with { Scale = Overshoot(progress), Opacity = Math.Min(1, progress * 3) }),
    ];

    public string Name { get; }

    public static TextPreset? Find(string name) => All.FirstOrDefault(preset => preset.Name == name);

    /// <param name="elapsed">Seconds from the element's start.</param>
    /// <param name="duration">Seconds that the element lasts.</param>
    /// <returns>One pose a piece; null once all have come.</returns>
    public Pose[]? At(double elapsed, double duration, TextUnits units, float em)
    {
        var places = unit(units);
        var last = places.DefaultIfEmpty().Max();
        var pace = Math.Min(1, LongestShare * duration / (last * step + length));
        if (elapsed >= (last * step + length) * pace)
            return null;
        return [.. places.Select(place => pose(Progress(elapsed / pace - place * step), em))];
    }

    double Progress(double elapsed) => length == 0 ? elapsed >= 0 ? 1 : 0 : Math.Clamp(elapsed / length, 0, 1);

    // CSS's easeOutBack: a tenth too large before it settles.
    static double Overshoot(double progress)
    {
        const double back = 1.70158;
        return 1 + (back + 1) * Math.Pow(progress - 1, 3) + back * Math.Pow(progress - 1, 2);
    }
}
