using Framelane.Application.Renders.Scenes;
using Framelane.Rendering.Compositing;
using Framelane.Rendering.Effects;
using Framelane.Rendering.Frames;
using Framelane.Rendering.Media;
using Framelane.Rendering.Timelines;

namespace Framelane.Rendering.Engine;

/// <summary>Has the pictures of a frame's sources ready when it is drawn. Frames are announced some time before, and then asked for, both in order.</summary>
sealed class SourceFeed(MediaTool tool, Sources sources, CreateRenderRequest scene, FrameRate rate, CancellationToken cancellationToken) : ISourcePictures, IAsyncDisposable
{
    readonly Dictionary<string, LayerFrames> videos = [];

    readonly Dictionary<string, int> lastFrames = [];

    readonly Dictionary<string, Task<PixelBuffer>> stills = [];

    readonly Dictionary<string, CubeLut> luts = [];

    public PixelBuffer? Background => scene.BackgroundImageUrl is { } url ? stills[url].Result : null;

    public PixelBuffer? Of(PlannedLayer layer) => layer.Element switch
    {
        VideoElement => videos[layer.Layer.Key].Picture,
        ImageElement image => stills[image.SourceUrl].Result,
        _ => null,
    };

    public CubeLut? Lut(string url) => luts.GetValueOrDefault(url);

    /// <summary>Starts what a coming frame needs: a decoder takes a moment before its first picture.</summary>
    public async ValueTask AnnounceAsync(FramePlan plan, int frame)
    {
        foreach (var layer in plan.Layers)
        {
            lastFrames[layer.Layer.Key] = frame;
            if (layer.Element is ImageElement image)
                _ = Start(image.SourceUrl);
            if (layer.Element is VideoElement video && !videos.ContainsKey(layer.Layer.Key))
                videos[layer.Layer.Key] = await OpenAsync(video, layer.SourceTime);
        }
    }

    public async ValueTask PrepareAsync(FramePlan plan, int frame)
    {
        if (scene.BackgroundImageUrl is { } background)
            await Start(background);
        foreach (var layer in plan.Layers)
        {
            if (layer.Element is PictureElement { LutUrl: { } lut } && !luts.ContainsKey(lut))
                luts[lut] = ReadLut(lut);
            if (layer.Element is ImageElement image)
                await Start(image.SourceUrl);
            if (layer.Element is VideoElement)
                await videos[layer.Layer.Key].AdvanceAsync(layer.SourceTime, cancellationToken);
        }

        // What is not seen holds no decoder. If it is seen again, it is opened where it is then.
        foreach (var gone in videos.Keys.Where(key => lastFrames[key] < frame).ToArray())
        {
            await videos[gone].DisposeAsync();
            videos.Remove(gone);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var video in videos.Values)
            await video.DisposeAsync();
        foreach (var still in stills.Values)
        {
            await ((Task)still).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (still.IsCompletedSuccessfully)
                still.Result.Dispose();
        }
    }

    Task<LayerFrames> OpenAsync(VideoElement video, double sourceTime) =>
        LayerFrames.OpenAsync(tool, sources.FileOf(video.SourceUrl), sources.Facts[video.SourceUrl], video, rate, sourceTime);

    Task<PixelBuffer> Start(string url) => stills.TryGetValue(url, out var known) ? known : stills[url] = ReadStillAsync(url);

    /// <remarks>Of a moving image, its first frame.</remarks>
    async Task<PixelBuffer> ReadStillAsync(string url)
    {
        await using var reader = await VideoReader.OpenAsync(tool, sources.FileOf(url), sources.Facts[url], new(rate));
        var picture = new PixelBuffer(reader.Width, reader.Height);
        await reader.ReadAsync(picture, cancellationToken);
        return picture;
    }

    CubeLut ReadLut(string url)
    {
        using var file = File.OpenRead(sources.FileOf(url));
        return CubeReader.Read(file);
    }
}
