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

    readonly VideoReader reader;
    readonly double opened;
    readonly double framesPerSourceSecond;
    PixelBuffer? picture;
    int shown = -1;
    bool ended, isDrawn;

    LayerFrames(VideoReader reader, double opened, double framesPerSourceSecond) =>
        (this.reader, this.opened, this.framesPerSourceSecond) = (reader, opened, framesPerSourceSecond);

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

    /// <param name="layer">As it is planned at the first frame that is seen.</param>
    public static async Task<LayerFrames> OpenAsync(MediaTool tool, string path, MediaFacts facts, PlannedLayer layer, FrameRate rate)
    {
        var video = (VideoElement)layer.Element;
        var (width, height) = facts.Picture is { } picture ? DecodedSize.Of(layer, picture) : default;
        var cut = new VideoCut(rate, layer.SourceTime, video.OutPoint, video.Speed, width, height);
        return new(await VideoReader.OpenAsync(tool, path, facts, cut), layer.SourceTime, rate.PerSecond / video.Speed);
    }

    /// <summary>Reads on to the frame of that instant. The source's last is held.</summary>
    public async ValueTask AdvanceAsync(double sourceTime, CancellationToken cancellationToken)
    {
        var wanted = (int)Math.Floor((sourceTime - opened) * framesPerSourceSecond + Tolerance);
        while (shown < wanted && !ended)
        {
            ended = !await reader.NextAsync(cancellationToken);
            isDrawn &= ended;
            shown++;
        }
    }

    /// <summary>Ends the reading, and tells what it was like.</summary>
    public async ValueTask CloseAsync(Sources sources, string url)
    {
        await reader.DisposeAsync();
        picture?.Dispose();
        await sources.NoteAsync(url, reader);
    }
}
