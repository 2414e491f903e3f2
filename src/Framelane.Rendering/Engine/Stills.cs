using Framelane.Application.Abstractions;
using Framelane.Rendering.Frames;
using Framelane.Rendering.Media;

namespace Framelane.Rendering.Engine;

/// <summary>The images of a scene, each decoded once while it is kept.</summary>
/// <param name="sizes">Pixels, by URL.</param>
sealed class Stills(
    MediaTool tool, Sources sources, IReadOnlyDictionary<string, (int Width, int Height)> sizes, FrameRate rate, CancellationToken cancellationToken) : IAsyncDisposable
{
    static readonly int Turns = Environment.ProcessorCount;

    readonly Dictionary<string, Task<PixelBuffer>> byUrl = [];

    // While it is decoded an image is in ffmpeg's memory too, and there as large as its file has it.
    readonly SemaphoreSlim turns = new(Turns);

    /// <summary>What those that are kept take in memory, and at most what is there beside them while some are decoded.</summary>
    public long Bytes => byUrl.Keys.Sum(BytesOf) + byUrl.Where(still => !still.Value.IsCompleted).Select(still => PlaneBytesOf(still.Key)).OrderDescending().Take(Turns).Sum();

    public IEnumerable<string> Urls => byUrl.Keys;

    /// <summary>One that was waited for.</summary>
    public PixelBuffer this[string url] => byUrl[url].Result;

    public bool Holds(string url) => byUrl.ContainsKey(url);

    /// <summary>What one takes in memory once it is decoded.</summary>
    public long BytesOf(string url) => VideoReader.PixelBytes(sizes[url].Width, sizes[url].Height);

    /// <summary>What is there beside one while it is decoded.</summary>
    public long PlaneBytesOf(string url) => VideoReader.PlaneBytes(sources.Facts[url].Picture!, sizes[url].Width, sizes[url].Height);

    /// <summary>Starts to decode one that is not there.</summary>
    public Task<PixelBuffer> StartAsync(string url) => byUrl.TryGetValue(url, out var known) ? known : byUrl[url] = ReadAsync(url);

    /// <summary>Waits until none is being decoded. One that failed is told of where it is asked for.</summary>
    public async Task SettleAsync() => await ((Task)Task.WhenAll(byUrl.Values)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

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
        turns.Dispose();
    }

    async Task<PixelBuffer> ReadAsync(string url)
    {
        await turns.WaitAsync(cancellationToken);
        try
        {
            return await DecodeAsync(url);
        }
        catch (MediaException failure)
        {
            throw sources.Named(url, failure);
        }
        finally
        {
            turns.Release();
        }
    }

    /// <remarks>Of a moving image, its first frame.</remarks>
    async Task<PixelBuffer> DecodeAsync(string url)
    {
        var (width, height) = sizes[url];
        await using var reader = await VideoReader.OpenOneAsync(tool, sources.FileOf(url), sources.Facts[url], new(rate, Width: width, Height: height));
        var picture = new PixelBuffer(width, height);
        try
        {
            await reader.ReadAsync(picture, cancellationToken);
            if (!sources.Facts[url].IsStill)
                return picture;
            // What is missing of a still is filled with grey, and complained of.
            await reader.EndAsync(cancellationToken);
            return await sources.NoteAsync(url, reader) ? picture : throw SourceFaults.Undecodable();
        }
        catch
        {
            picture.Dispose();
            throw;
        }
    }
}
