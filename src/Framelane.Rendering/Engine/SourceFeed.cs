using Framelane.Application.Abstractions;
using Framelane.Application.Renders.Scenes;
using Framelane.Rendering.Compositing;
using Framelane.Rendering.Effects;
using Framelane.Rendering.Frames;
using Framelane.Rendering.Media;
using Framelane.Rendering.Timelines;

namespace Framelane.Rendering.Engine;

/// <summary>Has the pictures of a frame's sources ready when it is drawn. Frames are announced some time before, and then asked for, both in order.</summary>
/// <param name="mostBytes">What they may take in memory at one instant.</param>
/// <param name="mostVideos">How many of them may be decoded at one instant.</param>
sealed class SourceFeed(
    MediaTool tool, Sources sources, CreateRenderRequest scene, Timeline timeline, FrameRate rate, long mostBytes, int mostVideos, CancellationToken cancellationToken)
    : ISourcePictures, IAsyncDisposable
{
    /// <summary>Of what pictures may take: so much of stills is kept though nothing shows them at the moment.</summary>
    const double KeptShare = 1.0 / 8;

    readonly Stills stills = new(tool, sources, DecodedSize.OfImages(timeline, scene.BackgroundImageUrl, sources.Facts), rate, cancellationToken);

    // By the layers themselves: an id may look like the key of an element that has none.
    readonly Dictionary<Layer, (LayerFrames Frames, string Url)> videos = new(ReferenceEqualityComparer.Instance);

    readonly Dictionary<Layer, int> lastFrames = new(ReferenceEqualityComparer.Instance);

    readonly Dictionary<string, CubeLut> luts = [];

    bool IsFull => videos.Count >= mostVideos;

    public PixelBuffer? Background => scene.BackgroundImageUrl is { } url ? stills[url] : null;

    public PixelBuffer? Of(PlannedLayer layer) => layer.Element switch
    {
        VideoElement => videos[layer.Layer].Frames.Picture,
        ImageElement image => stills[image.SourceUrl],
        _ => null,
    };

    public PlanarPicture? PlanesOf(PlannedLayer layer) => layer.Element is VideoElement ? videos[layer.Layer].Frames.Planes : null;

    public CubeLut? Lut(string url) => luts.GetValueOrDefault(url);

    /// <summary>Starts what a coming frame needs, where there is room: a decoder takes a moment before its first picture.</summary>
    public async ValueTask AnnounceAsync(FramePlan plan, int frame)
    {
        foreach (var layer in plan.Layers)
        {
            lastFrames[layer.Layer] = frame;
            if (layer.Element is ImageElement { SourceUrl: var url } && !stills.Holds(url) && Fits(stills.BytesOf(url) + stills.PlaneBytesOf(url)))
                _ = stills.StartAsync(url);
            if (layer.Element is VideoElement video && !videos.ContainsKey(layer.Layer) && !IsFull && Fits(BytesOf(video, layer)))
                await OpenAsync(video, layer);
        }
    }

    public async ValueTask PrepareAsync(FramePlan plan, int frame)
    {
        // What is not seen holds no decoder. If it is seen again, it is opened where it is then.
        await CloseAsync(layer => lastFrames[layer] >= frame);
        if (stills.Bytes > mostBytes * KeptShare)
            await DropStillsAsync(plan);
        if (scene.BackgroundImageUrl is { } background)
            await PrepareStillAsync(background, plan);
        foreach (var layer in plan.Layers)
        {
            if (layer.Element is PictureElement { LutUrl: { } lut } && !luts.ContainsKey(lut))
                luts[lut] = ReadLut(lut);
            if (layer.Element is ImageElement image)
                await PrepareStillAsync(image.SourceUrl, plan);
            if (layer.Element is VideoElement video)
                await PrepareVideoAsync(video, layer, plan);
        }
    }

    /// <summary>The next frame may lie anywhere: its videos are opened where it is.</summary>
    public ValueTask RewindAsync() => CloseAsync(_ => false);

    public async ValueTask DisposeAsync()
    {
        await CloseAsync(_ => false);
        await stills.DisposeAsync();
    }

    async ValueTask PrepareVideoAsync(VideoElement video, PlannedLayer layer, FramePlan plan)
    {
        try
        {
            if (!videos.ContainsKey(layer.Layer))
            {
                await MakeRoomAsync(video.SourceUrl, BytesOf(video, layer), plan, isVideo: true);
                await OpenAsync(video, layer);
            }

            await videos[layer.Layer].Frames.AdvanceAsync(layer.SourceTime, cancellationToken);
        }
        catch (MediaException failure)
        {
            throw sources.Named(video.SourceUrl, failure);
        }
    }

    async ValueTask OpenAsync(VideoElement video, PlannedLayer layer) => videos[layer.Layer] = (
        await LayerFrames.OpenAsync(tool, sources.FileOf(video.SourceUrl), sources.Facts[video.SourceUrl], layer, rate), video.SourceUrl);

    async ValueTask PrepareStillAsync(string url, FramePlan plan)
    {
        if (!stills.Holds(url))
            await MakeRoomAsync(url, stills.BytesOf(url), plan, meanwhile: stills.PlaneBytesOf(url));
        await stills.StartAsync(url);
    }

    /// <summary>Lets go of what is only announced where there is too little.</summary>
    /// <param name="meanwhile">Bytes beside those, until it is decoded. Nothing is refused for them: they are gone before anything is drawn, which may take more.</param>
    async ValueTask MakeRoomAsync(string url, long bytes, FramePlan plan, bool isVideo = false, long meanwhile = 0)
    {
        if (Fits(bytes + meanwhile) && !(isVideo && IsFull))
            return;
        var shown = plan.Layers.Select(layer => layer.Layer).ToHashSet<Layer>(ReferenceEqualityComparer.Instance);
        await CloseAsync(shown.Contains);
        await DropStillsAsync(plan);
        // Whether all fits does not depend on how far others are.
        await stills.SettleAsync();
        if (isVideo && IsFull)
            throw sources.Named(url, new(MediaErrorCodes.SourceTooLarge, $"More than {mostVideos} videos are shown at that time."));
        if (!Fits(bytes))
            throw sources.Named(url, new(MediaErrorCodes.SourceTooLarge, "Together with the other pictures that are shown at that time it is larger than what is allowed."));
    }

    bool Fits(long bytes) => stills.Bytes + videos.Values.Sum(video => video.Frames.Bytes) + bytes <= mostBytes;

    long BytesOf(VideoElement video, PlannedLayer layer)
    {
        var picture = sources.Facts[video.SourceUrl].Picture!;
        var (width, height) = DecodedSize.Of(video, layer.Placement, picture);
        return VideoReader.BytesOf(picture, width, height);
    }

    async ValueTask CloseAsync(Func<Layer, bool> isKept)
    {
        foreach (var layer in videos.Keys.Where(layer => !isKept(layer)).ToArray())
        {
            await videos[layer].Frames.CloseAsync(sources, videos[layer].Url);
            videos.Remove(layer);
        }
    }

    async ValueTask DropStillsAsync(FramePlan plan)
    {
        var shown = plan.Layers.Select(layer => (layer.Element as ImageElement)?.SourceUrl).Append(scene.BackgroundImageUrl).ToHashSet();
        foreach (var url in stills.Urls.Where(url => !shown.Contains(url)).ToArray())
            await stills.DropAsync(url);
    }

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
