using Framelane.Application.Renders.Scenes;
using Framelane.Rendering.Compositing;
using Framelane.Rendering.Effects;
using Framelane.Rendering.Frames;
using Framelane.Rendering.Media;
using Framelane.Rendering.Timelines;

namespace Framelane.Rendering.Engine;

/// <summary>Has the pictures of a frame's sources ready when it is drawn. Frames are asked for in order.</summary>
sealed class SourceFeed(MediaTool tool, Sources sources, CreateRenderRequest scene, FrameRate rate) : ISourcePictures, IAsyncDisposable
{
    readonly Dictionary<string, LayerFrames> videos = [];

    readonly Dictionary<string, PixelBuffer> stills = [];

    readonly Dictionary<string, CubeLut> luts = [];

    public PixelBuffer? Background => scene.BackgroundImageUrl is { } url ? stills[url] : null;

    public PixelBuffer? Of(PlannedLayer layer) => layer.Element switch
    {
        VideoElement => videos[layer.Layer.Key].Picture,
        ImageElement image => stills[image.SourceUrl],
        _ => null,
    };

    public CubeLut? Lut(string url) => luts.GetValueOrDefault(url);

    public async ValueTask PrepareAsync(FramePlan plan, CancellationToken cancellationToken)
    {
        if (scene.BackgroundImageUrl is { } background)
            await PrepareStillAsync(background, cancellationToken);
        var seen = new HashSet<string>();
        foreach (var layer in plan.Layers)
        {
            if (layer.Element is PictureElement { LutUrl: { } lut } && !luts.ContainsKey(lut))
                luts[lut] = ReadLut(lut);
            if (layer.Element is ImageElement image)
                await PrepareStillAsync(image.SourceUrl, cancellationToken);
            if (layer.Element is not VideoElement video || !seen.Add(layer.Layer.Key))
                continue;
            if (!videos.TryGetValue(layer.Layer.Key, out var frames))
                videos[layer.Layer.Key] = frames = await OpenAsync(video, layer.SourceTime);
            await frames.AdvanceAsync(layer.SourceTime, cancellationToken);
        }

        // What is not seen holds no decoder. If it is seen again, it is opened where it is then.
        foreach (var gone in videos.Keys.Except(seen).ToArray())
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
            still.Dispose();
    }

    Task<LayerFrames> OpenAsync(VideoElement video, double sourceTime) =>
        LayerFrames.OpenAsync(tool, sources.FileOf(video.SourceUrl), sources.Facts[video.SourceUrl], video, rate, sourceTime);

    async ValueTask PrepareStillAsync(string url, CancellationToken cancellationToken)
    {
        if (stills.ContainsKey(url))
            return;

        // Of a moving image, its first frame.
        await using var reader = await VideoReader.OpenAsync(tool, sources.FileOf(url), sources.Facts[url], new(rate));
        var picture = new PixelBuffer(reader.Width, reader.Height);
        stills[url] = picture;
        await reader.ReadAsync(picture, cancellationToken);
    }

    CubeLut ReadLut(string url)
    {
        using var file = File.OpenRead(sources.FileOf(url));
        return CubeReader.Read(file);
    }
}
