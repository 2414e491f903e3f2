using System.Collections.Concurrent;
using Framelane.Application.Abstractions;
using Framelane.Application.Renders.Scenes;
using Framelane.Rendering.Media;
using Framelane.Rendering.Timelines;

namespace Framelane.Rendering.Engine;

/// <summary>The files of a scene. What each is, is known before anything else reads it; whether it is whole, before anybody gets what was made of it.</summary>
sealed class Sources
{
    /// <summary>That are checked together.</summary>
    const int Checked = 8;

    readonly IReadOnlyDictionary<string, string> files;

    readonly Dictionary<string, string> places;

    /// <summary>Files that were probed whole before.</summary>
    readonly HashSet<string> known;

    /// <summary>Files that need no check where the work itself decodes them from their beginning, for they say that nothing else is missing.</summary>
    readonly HashSet<string> spared;

    /// <summary>Files that it did decode so, without a complaint.</summary>
    readonly ConcurrentDictionary<string, bool> flawless = [];

    Sources(CreateRenderRequest scene, IReadOnlyDictionary<string, string> files, Dictionary<string, MediaFacts> facts, HashSet<string> known)
    {
        (this.files, Facts, this.known) = (files, facts, known);
        places = SceneSources.Of(scene).ToDictionary(source => source.Url, source => source.Place);
        spared = [.. Uses(scene).Where(use => !known.Contains(files[use.Url]) && IsDecodedFromStart(use)).Select(use => use.Url).DistinctBy(url => files[url]).Where(SaysAll).Select(url => files[url])];
    }

    /// <summary>By URL: videos, images and sound.</summary>
    public IReadOnlyDictionary<string, MediaFacts> Facts { get; }

    /// <param name="mostPixels">Of a picture.</param>
    /// <exception cref="MediaException">One is not what its element takes it for; the message names the element.</exception>
    public static async Task<Sources> ProbeAsync(MediaProbe probe, RenderOrder order, int mostPixels, CancellationToken cancellationToken)
    {
        var (scene, files) = (order.Scene, order.Sources);
        var uses = Uses(scene).ToArray();
        var known = new ConcurrentDictionary<string, bool>();
        var probes = await EachAsync(
            uses.Select(use => files[use.Url]).Distinct(),
            async file =>
            {
                if (order.Probed.TryGetValue(file, out var kept) && await probe.RecallAsync(file, kept, mostPixels, cancellationToken) is { } recalled)
                {
                    known[file] = true;
                    return recalled;
                }

                return await probe.ReadFactsAsync(file, mostPixels, cancellationToken);
            },
            cancellationToken);
        var facts = new Dictionary<string, MediaFacts>();
        foreach (var (url, kind, place, element) in uses)
        {
            try
            {
                var found = facts[url] = await probes[files[url]];
                found.Expect(kind, place);
                if (element is ISoundingElement sounding && Instants.SourceEnd(sounding, found) is { } end && sounding.InPoint >= end)
                    throw new MediaException(MediaErrorCodes.InvalidSource, FormattableString.Invariant($"The in_point is not before the source's end, at {end:0.###} s."));
            }
            catch (MediaException failure)
            {
                throw failure.Message.Contains(place, StringComparison.Ordinal)
                    ? new MediaException(failure.Code, failure.Message, failure) { Place = place }
                    : MediaException.At(place, failure);
            }
        }

        return new(scene, files, facts, [.. known.Keys]);
    }

    /// <returns>All have ended.</returns>
    static async Task<Dictionary<string, Task<MediaFacts>>> EachAsync(IEnumerable<string> files, Func<string, Task<MediaFacts>> read, CancellationToken cancellationToken)
    {
        using var turns = new SemaphoreSlim(Environment.ProcessorCount);
        var facts = files.ToDictionary(file => file, InTurnAsync);
        await ((Task)Task.WhenAll(facts.Values)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return facts;

        async Task<MediaFacts> InTurnAsync(string file)
        {
            await turns.WaitAsync(cancellationToken);
            try
            {
                return await read(file);
            }
            finally
            {
                turns.Release();
            }
        }
    }

    /// <summary>Checks, beside the work, what that will not tell of.</summary>
    /// <exception cref="MediaException">One is damaged or ends early; the message names the element.</exception>
    public Task CheckAsync(MediaProbe probe, CancellationToken cancellationToken) => CheckAsync(probe, file => !spared.Contains(file) && !known.Contains(file), cancellationToken);

    /// <summary>Checks, after the work, what it did not decode after all, or not well.</summary>
    /// <exception cref="MediaException">One is damaged or ends early; the message names the element.</exception>
    public Task CheckRestAsync(MediaProbe probe, CancellationToken cancellationToken) =>
        CheckAsync(probe, file => spared.Contains(file) && !flawless.ContainsKey(file), cancellationToken);

    /// <summary>Notes how the decoding of a source went, which has ended.</summary>
    /// <returns>Whether it was without a complaint, and from the beginning.</returns>
    public async Task<bool> NoteAsync(string url, VideoReader reader) => await reader.IsFlawlessAsync() && (flawless[files[url]] = true);

    bool IsDecodedFromStart(Use use) => (Facts[use.Url], use.Element) switch
    {
        ({ IsStill: true }, _) => true,
        ({ Picture: not null } facts, VideoElement video) => DecodeFilter.SeekPoint(facts, new(default, video.InPoint)) == 0,
        _ => false,
    };

    /// <remarks>Walks the file.</remarks>
    bool SaysAll(string url) => Facts[url] is { IsStill: true } || Extent.SaysAll(files[url], Facts[url].Demuxer);

    async Task CheckAsync(MediaProbe probe, Func<string, bool> isMeant, CancellationToken cancellationToken)
    {
        foreach (var some in Facts.DistinctBy(entry => files[entry.Key]).Where(entry => isMeant(files[entry.Key])).Chunk(Checked))
        {
            if (await probe.AreWholeAsync([.. some.Select(entry => (files[entry.Key], entry.Value))], cancellationToken))
                continue;
            foreach (var (url, facts) in some)
            {
                try
                {
                    await probe.CheckAsync(files[url], facts, cancellationToken);
                }
                catch (MediaException failure)
                {
                    throw Named(url, failure);
                }
            }
        }
    }

    public string FileOf(string url) => files[url];

    public string UrlOf(string file) => files.First(entry => entry.Value == file).Key;

    /// <summary>The same failure of a file, with the place that names it.</summary>
    public MediaException Named(string url, MediaException failure) => MediaException.At(places[url], failure);

    static IEnumerable<Use> Uses(CreateRenderRequest scene)
    {
        IEnumerable<Use> background = scene.BackgroundImageUrl is { } url ? [new(url, SourceKind.Image, "background_image_url", null)] : [];
        return background.Concat(Uses(scene.Elements, "elements"));
    }

    static IEnumerable<Use> Uses(IReadOnlyList<SceneElement> elements, string place) => elements.SelectMany(
        (element, index) => element switch
        {
            VideoElement video => [new(video.SourceUrl, SourceKind.Video, $"{place}[{index}]", element)],
            ImageElement image => [new(image.SourceUrl, SourceKind.Image, $"{place}[{index}]", element)],
            AudioElement audio => [new(audio.SourceUrl, SourceKind.Audio, $"{place}[{index}]", element)],
            CompositionElement composition => Uses(composition.Elements, $"{place}[{index}].elements"),
            _ => Enumerable.Empty<Use>(),
        });

    readonly record struct Use(string Url, SourceKind Kind, string Place, SceneElement? Element);
}
