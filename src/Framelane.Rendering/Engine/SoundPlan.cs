using Framelane.Application.Renders.Scenes;
using Framelane.Rendering.Media;
using Framelane.Rendering.Timelines;

namespace Framelane.Rendering.Engine;

/// <summary>Which pieces of which sources are heard when.</summary>
/// <remarks>What a transition shows is as loud as it is seen: silent while it is hidden, rising and falling with the transition's picture, also where that
/// gives way to the next before it has ended, and in full view, or beside what is still, at its own volume. A first frame that is held until its element
/// begins has no sound yet.</remarks>
static class SoundPlan
{
    /// <summary>Transitions that are followed on from one layer. Each is a filter, ffmpeg takes as long as the square of their number to begin, and a scene may
    /// have hundreds of transitions at once, where one more is hardly heard.</summary>
    const int LongestChain = 4;

    public static IReadOnlyList<SoundTrack> Of(CreateRenderRequest scene, Sources sources, Timeline timeline) =>
        [.. Tracks(scene.Elements, timeline, sources, 0, timeline.Duration, [])];

    /// <param name="offset">Where the list's own time begins on the timeline.</param>
    /// <param name="end">Where it ends on the timeline.</param>
    /// <param name="fades">Of the composition that the list is.</param>
    static IEnumerable<SoundTrack> Tracks(
        IReadOnlyList<SceneElement> elements, Timeline timeline, Sources sources, double offset, double end, IReadOnlyList<SoundFade> fades)
    {
        // By the elements themselves: not each has an id.
        var places = new Dictionary<SceneElement, int>(ReferenceEqualityComparer.Instance);
        foreach (var (index, layer) in timeline.Layers.Index())
            places[layer.Element] = index;
        foreach (var element in elements.Where(element => element.Visible))
        {
            SoundFade[] all = places.TryGetValue(element, out var place) ? [.. fades, .. Fades(timeline, place, offset)] : [.. fades];
            if (element is CompositionElement composition)
            {
                var start = offset + composition.Time;
                var last = Math.Min(end, start + (Instants.Length(composition, sources.Facts) ?? 0));
                foreach (var track in Tracks(composition.Elements, timeline.Layers[place].Nested!, sources, start, last, all))
                    yield return track;
            }
            else if (element is ISoundingElement sounding && Track(element, sounding, sources, offset, end) is { } own)
            {
                yield return Faded(own, all);
            }
        }
    }

    static IEnumerable<SoundFade> Fades(Timeline timeline, int place, double offset) =>
    [
        .. timeline.Transitions.Where(window => window.To == place).Select(window => Fade(isRising: true, window, offset)),
        .. Leaving(timeline, place).Take(LongestChain).Select(window => Fade(isRising: false, window, offset)),
    ];

    static SoundFade Fade(bool isRising, TransitionWindow window, double offset) => new(isRising, offset + window.Start, offset + window.End);

    /// <summary>The transition that leads from a layer, and those that lead on from there before it has ended: each takes its share of what is still seen of
    /// the layer. One that ends earlier does not count, for after it the layer is seen as it was.</summary>
    static IEnumerable<TransitionWindow> Leaving(Timeline timeline, int place)
    {
        var first = From(place);
        for (var window = first; window is not null && window.Start < first!.End && window.End >= first.End; window = From(window.To))
            yield return window;

        TransitionWindow? From(int layer) => timeline.Transitions.FirstOrDefault(window => window.From == layer);
    }

    /// <summary>A track with these fades. Of two that rise from, or fall to, one instant only the longer is heard.</summary>
    static SoundTrack Faded(SoundTrack track, IReadOnlyList<SoundFade> fades)
    {
        var (start, end) = (Instants.Snap(track.Start), Instants.Snap(track.Start + track.Length));
        var (rising, falling) = (Math.Min(track.FadeIn, track.Length), Math.Min(track.FadeOut, track.Length));
        var rivals = fades.Where(fade => fade.IsRising ? Instants.Snap(fade.Start) == start : Instants.Snap(fade.End) == end).ToLookup(fade => fade.IsRising);
        SoundFade[] unheard = [.. rivals[true].Where(fade => fade.Length < rising), .. rivals[false].Where(fade => fade.Length < falling)];
        return track with
        {
            FadeIn = rivals[true].Any(fade => fade.Length >= rising) ? 0 : rising,
            FadeOut = rivals[false].Any(fade => fade.Length >= falling) ? 0 : falling,
            // Two that are equal, such as a composition's and its element's, are both heard.
            Fades = [.. fades.Where(fade => !unheard.Contains(fade))],
        };
    }

    static SoundTrack? Track(SceneElement element, ISoundingElement sounding, Sources sources, double offset, double end)
    {
        var start = offset + element.Time;
        var facts = sources.Facts[sounding.SourceUrl];
        if (facts.Sound is not { } sound || sounding.Volume == 0 || start >= end)
            return null;
        var last = sounding.InPoint + (end - start) * sounding.Speed;
        // A frame that is held on is heard on.
        var heard = Math.Max(Instants.SourceEnd(sounding, facts) ?? double.MaxValue, sound.Duration ?? 0);
        var outPoint = Math.Min(last, Math.Min(sounding.OutPoint ?? Instants.SourceEnd(sounding, facts) ?? double.MaxValue, heard));
        return outPoint > sounding.InPoint
            ? new(
                sources.FileOf(sounding.SourceUrl), facts.Demuxer, sound.StreamIndex, sound.Channels, start, sounding.InPoint, outPoint, sounding.Speed, sounding.Volume / 100,
                sounding.FadeInDuration, sounding.FadeOutDuration)
            : null;
    }
}
