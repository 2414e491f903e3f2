using Framelane.Application.Abstractions;
using Framelane.Application.Renders.Scenes;
using Framelane.Rendering.Frames;
using Framelane.Rendering.Media;

namespace Framelane.Rendering.Engine;

/// <summary>The frames of one video layer, read in order while it is seen.</summary>
sealed class LayerFrames : IAsyncDisposable
{
    /// <summary>Of a frame: less than this before a frame's instant is that instant.</summary>
    const double Tolerance = 1e-3;

    readonly VideoReader reader;
    readonly double opened;
    readonly double framesPerSourceSecond;
    int shown = -1;
    bool ended;

    LayerFrames(VideoReader reader, double opened, double framesPerSourceSecond)
    {
        (this.reader, this.opened, this.framesPerSourceSecond) = (reader, opened, framesPerSourceSecond);
        Picture = new(reader.Width, reader.Height);
    }

    public PixelBuffer Picture { get; }

    /// <param name="sourceTime">Seconds of the source at the first frame that is seen.</param>
    public static async Task<LayerFrames> OpenAsync(MediaTool tool, string path, MediaFacts facts, VideoElement video, FrameRate rate, double sourceTime) => new(
        await VideoReader.OpenAsync(tool, path, facts, new(rate, sourceTime, video.OutPoint, video.Speed)),
        sourceTime,
        rate.PerSecond / video.Speed);

    /// <summary>Reads on to the frame of that instant. The source's last is held.</summary>
    public async ValueTask AdvanceAsync(double sourceTime, CancellationToken cancellationToken)
    {
        var wanted = (int)Math.Floor((sourceTime - opened) * framesPerSourceSecond + Tolerance);
        while (shown < wanted && !ended)
        {
            ended = !await reader.ReadAsync(Picture, cancellationToken);
            shown++;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await reader.DisposeAsync();
        Picture.Dispose();
    }
}
