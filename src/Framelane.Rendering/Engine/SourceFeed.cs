using Framelane.Application.Abstractions;
using Framelane.Application.Renders.Scenes;
using Framelane.Rendering.Compositing;
using Framelane.Rendering.Effects;
using Framelane.Rendering.Frames;
using Framelane.Rendering.Media;
using Framelane.Rendering.Timelines;

namespace Framelane.Rendering.Engine;

/// <summary>Has the pictures of a frame's sources ready when it is drawn. Frames are asked for in order.</summary>
/// <param name="mostBytes">What they may take in memory at one instant.</param>
sealed class SourceFeed(MediaTool tool, Sources sources, CreateRenderRequest scene, FrameRate rate, long mostBytes) : ISourcePictures, IAsyncDisposable
{
    /// <summary>Of what pictures may take: so much of stills is kept though nothing shows them at the moment.</summary>
    const double KeptShare = 1.0 / 8;

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
        DropStills(plan);
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
            await PrepareVideoAsync(video, layer, cancellationToken);
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

    async ValueTask PrepareVideoAsync(VideoElement video, PlannedLayer layer, CancellationToken cancellationToken)
    {
        try
        {
            if (!videos.TryGetValue(layer.Layer.Key, out var frames))
                videos[layer.Layer.Key] = frames = await OpenAsync(video, layer.SourceTime);
            await frames.AdvanceAsync(layer.SourceTime, cancellationToken);
        }
        catch (MediaException failure)
        {
            throw sources.Named(video.SourceUrl, failure);
        }
    }

    Task<LayerFrames> OpenAsync(VideoElement video, double sourceTime)
    {
        MakeRoom(video.SourceUrl);
        return LayerFrames.OpenAsync(tool, sources.FileOf(video.SourceUrl), sources.Facts[video.SourceUrl], video, rate, sourceTime);
    }

    async ValueTask PrepareStillAsync(string url, CancellationToken cancellationToken)
    {
        if (stills.ContainsKey(url))
            return;

        try
        {
            MakeRoom(url);

            // Of a moving image, its first frame.
            await using var reader = await VideoReader.OpenAsync(tool, sources.FileOf(url), sources.Facts[url], new(rate));
            var picture = new PixelBuffer(reader.Width, reader.Height);
            stills[url] = picture;
            await reader.ReadAsync(picture, cancellationToken);
        }
        catch (MediaException failure)
        {
            throw sources.Named(url, failure);
        }
    }

    void DropStills(FramePlan plan)
    {
        if (stills.Values.Sum(Bytes) <= mostBytes * KeptShare)
            return;
        var shown = plan.Layers.Select(layer => (layer.Element as ImageElement)?.SourceUrl).Append(scene.BackgroundImageUrl).ToHashSet();
        foreach (var (url, still) in stills.Where(entry => !shown.Contains(entry.Key)).ToArray())
        {
            still.Dispose();
            stills.Remove(url);
        }
    }

    void MakeRoom(string url)
    {
        var picture = sources.Facts[url].Picture!;
        var taken = stills.Values.Concat(videos.Values.Select(video => video.Picture)).Sum(Bytes);
        if (taken + ((long)picture.Width * picture.Height * PixelBuffer.BytesPerPixel) > mostBytes)
            throw new MediaException(MediaErrorCodes.SourceTooLarge, "Together with the other pictures that are shown at that time it is larger than what is allowed.");
    }

    static long Bytes(PixelBuffer picture) => (long)picture.Stride * picture.Height;

    CubeLut ReadLut(string url)
    {
        try
        {
            using var file = File.OpenRead(sources.FileOf(url));
            return CubeReader.Read(file);
        }
        catch (MediaException failure)
        {
            throw sources.Named(url, failure);
        }
    }
}
