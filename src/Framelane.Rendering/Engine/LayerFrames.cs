using Framelane.Application.Abstractions;
using Framelane.Application.Renders.Scenes;
using Framelane.Rendering.Frames;
using Framelane.Rendering.Media;
using Framelane.Rendering.Timelines;

namespace Framelane.Rendering.Engine;

/// <summary>The frames of one video layer, read in order while it is seen.</summary>
sealed class LayerFrames
{
    /// <summary>Of a frame: less than this before a frame's instant is that instant.</summary>
    const double Tolerance = 1e-3;

    /// <summary>Seconds before what its file says is the end, in which there is a frame: the last one may be long, or end earlier than is said.</summary>
    const double Ending = 1;

    readonly Func<double, Task<VideoReader>> open;
    readonly double inPoint;
    readonly double framesPerSourceSecond;
    VideoReader reader;
    double opened;
    PixelBuffer? picture;
    int shown = -1;
    bool ended, isDrawn;

    LayerFrames(VideoReader reader, double opened, double inPoint, double framesPerSourceSecond, Func<double, Task<VideoReader>> open) =>
        (this.reader, this.opened, this.inPoint, this.framesPerSourceSecond, this.open) = (reader, opened, inPoint, framesPerSourceSecond, open);

    /// <summary>The frame as pixels, which are made when they are asked for: most videos are shown by their planes alone.</summary>
    public PixelBuffer Picture
    {
        get
        {
            picture ??= new(reader.Width, reader.Height);
            if (!isDrawn)
                reader.CopyTo(picture);
            isDrawn = true;
            return picture;
        }
    }

    public PlanarPicture? Planes => reader.Planes;

    /// <summary>What it takes in memory, at most.</summary>
    public long Bytes => reader.Bytes;

    /// <param name="layer">As it is planned at the first frame that is seen.</param>
    public static async Task<LayerFrames> OpenAsync(MediaTool tool, string path, MediaFacts facts, PlannedLayer layer, FrameRate rate)
    {
        var video = (VideoElement)layer.Element;
        var (width, height) = facts.Picture is { } picture ? DecodedSize.Of(video, layer.Placement, picture) : default;
        var opened = Beginning(layer.SourceTime, video, facts, video.Speed / rate.PerSecond);
        return new(await OpenAsync(opened), opened, video.InPoint, rate.PerSecond / video.Speed, OpenAsync);

        Task<VideoReader> OpenAsync(double at) => VideoReader.OpenAsync(tool, path, facts, new(rate, at, video.OutPoint, video.Speed, width, height));
    }

    /// <summary>Reads on to the frame of that instant. The source's last is held.</summary>
    public async ValueTask AdvanceAsync(double sourceTime, CancellationToken cancellationToken)
    {
        while (shown < Wanted() && !ended)
        {
            ended = !await NextAsync(cancellationToken);
            isDrawn &= ended;
            shown++;
        }

        int Wanted() => (int)Math.Floor((sourceTime - opened) * framesPerSourceSecond + Tolerance);
    }

    /// <summary>Ends the reading, and tells what it was like.</summary>
    public async ValueTask CloseAsync(Sources sources, string url)
    {
        await reader.DisposeAsync();
        picture?.Dispose();
        await sources.NoteAsync(url, reader);
    }

    /// <summary>Where reading begins: at or after the source's end there is no frame to hold, so that far before it. By whole steps, so that the frames
    /// are those which are seen by who read on to there.</summary>
    static double Beginning(double sourceTime, VideoElement video, MediaFacts facts, double step)
    {
        var late = sourceTime - ((facts.Duration ?? double.MaxValue) - Ending);
        var steps = Math.Min(Math.Ceiling(late / step), Math.Floor((sourceTime - video.InPoint) / step));
        // All steps back may end by the last bit of a double before its first frame, where there is nothing.
        return steps > 0 ? Math.Max(video.InPoint, sourceTime - (steps * step)) : sourceTime;
    }

    /// <remarks>Where there is none, the picture ended long before its file does, and its last frame is before that.</remarks>
    async ValueTask<bool> NextAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await reader.NextAsync(cancellationToken);
        }
        catch (MediaException) when (opened > inPoint)
        {
            if (!await reader.IsEmptyAsync())
                throw;
        }

        var whole = await open(inPoint);
        await reader.DisposeAsync();
        (reader, opened) = (whole, inPoint);
        return await reader.NextAsync(cancellationToken);
    }
}
