using Framelane.Application.Abstractions;
using Framelane.Application.Renders.Scenes;
using Framelane.Rendering.Media;

namespace Framelane.Rendering.Engine;

/// <summary>The files of a scene, each probed before anything else reads it.</summary>
sealed class Sources
{
    readonly IReadOnlyDictionary<string, string> files;

    Sources(IReadOnlyDictionary<string, string> files, Dictionary<string, MediaFacts> facts) => (this.files, Facts) = (files, facts);

    /// <summary>By URL: videos, images and sound.</summary>
    public IReadOnlyDictionary<string, MediaFacts> Facts { get; }

    /// <exception cref="MediaException">One is not what its element takes it for; the message names the element.</exception>
    public static async Task<Sources> ProbeAsync(IMediaProbe probe, CreateRenderRequest scene, IReadOnlyDictionary<string, string> files, CancellationToken cancellationToken)
    {
        var uses = Uses(scene).ToArray();
        var probes = await ProbeAllAsync(probe, uses.Select(use => use.Url).Distinct(), files, cancellationToken);
        var facts = new Dictionary<string, MediaFacts>();
        foreach (var (url, kind, place) in uses)
        {
            try
            {
                facts[url] = (await probes[url]).Expect(kind, place);
            }
            catch (MediaException failure) when (!failure.Message.Contains(place, StringComparison.Ordinal))
            {
                throw new MediaException(failure.Code, $"{place}: {failure.Message}", failure);
            }
        }

        return new(files, facts);
    }

    /// <returns>All have ended.</returns>
    static async Task<Dictionary<string, Task<MediaFacts>>> ProbeAllAsync(
        IMediaProbe probe, IEnumerable<string> urls, IReadOnlyDictionary<string, string> files, CancellationToken cancellationToken)
    {
        using var turns = new SemaphoreSlim(Environment.ProcessorCount);
        var probes = urls.ToDictionary(url => url, ProbeAsync);
        await ((Task)Task.WhenAll(probes.Values)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return probes;

        async Task<MediaFacts> ProbeAsync(string url)
        {
            await turns.WaitAsync(cancellationToken);
            try
            {
                return await probe.ProbeAsync(files[url], cancellationToken);
            }
            finally
            {
                turns.Release();
            }
        }
    }

    public string FileOf(string url) => files[url];

    static IEnumerable<(string Url, SourceKind Kind, string Place)> Uses(CreateRenderRequest scene)
    {
        IEnumerable<(string, SourceKind, string)> background = scene.BackgroundImageUrl is { } url ? [(url, SourceKind.Image, "background_image_url")] : [];
        return background.Concat(Uses(scene.Elements, "elements"));
    }

    static IEnumerable<(string Url, SourceKind Kind, string Place)> Uses(IReadOnlyList<SceneElement> elements, string place) => elements.SelectMany(
        (element, index) => element switch
        {
            VideoElement video => [(video.SourceUrl, SourceKind.Video, $"{place}[{index}]")],
            ImageElement image => [(image.SourceUrl, SourceKind.Image, $"{place}[{index}]")],
            AudioElement audio => [(audio.SourceUrl, SourceKind.Audio, $"{place}[{index}]")],
            CompositionElement composition => Uses(composition.Elements, $"{place}[{index}].elements"),
            _ => Enumerable.Empty<(string, SourceKind, string)>(),
        });
}
