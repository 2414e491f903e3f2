using Framelane.Application.Abstractions;
using Framelane.Rendering.Frames;
using Framelane.Rendering.Media;

namespace Framelane.Rendering.Engine;

/// <summary>The images of a scene, each decoded once while it is kept.</summary>
sealed class Stills(MediaTool tool, Sources sources, FrameRate rate, CancellationToken cancellationToken) : IAsyncDisposable
{
    readonly Dictionary<string, Task<PixelBuffer>> byUrl = [];

    public IEnumerable<string> Urls => byUrl.Keys;

    /// <summary>One that was waited for.</summary>
    public PixelBuffer this[string url] => byUrl[url].Result;

    public bool Holds(string url) => byUrl.ContainsKey(url);

    /// <summary>Starts to decode one that is not there.</summary>
    public Task<PixelBuffer> StartAsync(string url) => byUrl.TryGetValue(url, out var known) ? known : byUrl[url] = ReadAsync(url);

    public async ValueTask DropAsync(string url)
    {
        if (!byUrl.Remove(url, out var still))
            return;
        await ((Task)still).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (still.IsCompletedSuccessfully)
            still.Result.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var url in byUrl.Keys.ToArray())
            await DropAsync(url);
    }

    /// <remarks>Of a moving image, its first frame.</remarks>
    async Task<PixelBuffer> ReadAsync(string url)
    {
        try
        {
            await using var reader = await VideoReader.OpenAsync(tool, sources.FileOf(url), sources.Facts[url], new(rate));
            var picture = new PixelBuffer(reader.Width, reader.Height);
            await reader.ReadAsync(picture, cancellationToken);
            if (!sources.Facts[url].IsStill)
                return picture;
            // What is missing of a still is filled with grey, and complained of.
            await reader.EndAsync(cancellationToken);
            return await sources.NoteAsync(url, reader) ? picture : throw SourceFaults.Undecodable();
        }
        catch (MediaException failure)
        {
            throw sources.Named(url, failure);
        }
    }
}
