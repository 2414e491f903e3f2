using Framelane.Application.Renders.Scenes;
using Framelane.Rendering.Media;
using Framelane.Rendering.Timelines;

namespace Framelane.Rendering.Engine;

/// <summary>Which pieces of which sources are heard when.</summary>
static class SoundPlan
{
    public static IReadOnlyList<SoundTrack> Of(CreateRenderRequest scene, Sources sources, double duration) =>
        [.. Tracks(scene.Elements, scene.Transitions, sources, 0, duration)];

    /// <param name="offset">Where the list's own time begins on the timeline.</param>
    /// <param name="end">Where it ends on the timeline.</param>
    static IEnumerable<SoundTrack> Tracks(
        IReadOnlyList<SceneElement> elements, IReadOnlyList<SceneTransition> transitions, Sources sources, double offset, double end)
    {
        foreach (var element in elements.Where(element => element.Visible))
        {
            if (element is CompositionElement composition)
            {
                var start = offset + composition.Time;
                var last = Math.Min(end, start + (Instants.Length(composition, sources.Facts) ?? 0));
                foreach (var track in Tracks(composition.Elements, composition.Transitions, sources, start, last))
                    yield return track;
            }
            else if (element is ISoundingElement sounding && Track(element, sounding, transitions, sources, offset, end) is { } own)
            {
                yield return own;
            }
        }
    }

    static SoundTrack? Track(
        SceneElement element, ISoundingElement sounding, IReadOnlyList<SceneTransition> transitions, Sources sources, double offset, double end)
    {
        var start = offset + element.Time;
        var facts = sources.Facts[sounding.SourceUrl];
        if (facts.Sound is not { } sound || sounding.Volume == 0 || start >= end)
            return null;
        var last = sounding.InPoint + (end - start) * sounding.Speed;
        // A frame that is held on is heard on.
        var heard = Math.Max(Instants.SourceEnd(sounding, facts) ?? double.MaxValue, sound.Duration ?? 0);
        var outPoint = Math.Min(last, Math.Min(sounding.OutPoint ?? Instants.SourceEnd(sounding, facts) ?? double.MaxValue, heard));
        if (outPoint <= sounding.InPoint)
            return null;

        // A transition fades its picture's sound with it.
        return new(
            sources.FileOf(sounding.SourceUrl), facts.Demuxer, sound.StreamIndex, sound.Channels, start, sounding.InPoint, outPoint, sounding.Speed, sounding.Volume / 100,
            Math.Max(sounding.FadeInDuration, Fade(transitions, transition => transition.ToId == element.Id)),
            Math.Max(sounding.FadeOutDuration, Fade(transitions, transition => transition.FromId == element.Id)));
    }

    static double Fade(IReadOnlyList<SceneTransition> transitions, Func<SceneTransition, bool> names) =>
        transitions.FirstOrDefault(names)?.Duration ?? 0;
}
