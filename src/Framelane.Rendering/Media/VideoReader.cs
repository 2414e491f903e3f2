using Framelane.Application.Abstractions;
using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Media;

/// <summary>Decodes a source to frames at a constant rate, in order. A still has one frame.</summary>
public sealed class VideoReader : IAsyncDisposable
{
    // So it says that most of what it read could not be decoded, of which it has complained before.
    const int MostlyDamaged = 69;

    readonly MediaProcess process;
    readonly YuvToBgra? yuv;
    readonly bool hasAlpha, isStill, isFromStart;
    readonly FramesAhead frames;
    byte[]? current;

    VideoReader(MediaProcess process, PictureFacts picture, int width, int height, bool isStill, bool isFromStart)
    {
        (this.process, Width, Height, hasAlpha, this.isStill, this.isFromStart) = (process, width, height, picture.HasAlpha, isStill, isFromStart);
        var matrix = YuvMatrix.Of(picture);
        yuv = DecodeFilter.IsYuv(picture) ? new(matrix, width, height) : null;
        HasPlanes = yuv is not null && matrix == YuvMatrix.Bt709 && PlanarPicture.Takes(width, height);
        Pipes.Widen(process.Output);
        frames = new(process.Output, yuv?.Length ?? width * height * PixelBuffer.BytesPerPixel, isStill);
    }

    /// <summary>Pixels of the frames.</summary>
    public int Width { get; }

    /// <summary>Pixels of the frames.</summary>
    public int Height { get; }

    /// <summary>Whether its frames come as planes that need no conversion.</summary>
    public bool HasPlanes { get; }

    /// <summary>The frame that was read last, until the next is read; null before the first, and where there are no such planes.</summary>
    public PlanarPicture? Planes => HasPlanes && current is not null ? new(current, Width, Height) : null;

    /// <param name="facts">What the probe said of the source.</param>
    public static async Task<VideoReader> OpenAsync(MediaTool tool, string path, MediaFacts facts, VideoCut cut)
    {
        var picture = facts.Picture ?? throw new MediaException(MediaErrorCodes.InvalidSource, "The source has no picture.");
        var (width, height) = (cut.Width ?? picture.Width, cut.Height ?? picture.Height);
        path = Path.GetFullPath(path);
        string[] decoder = picture switch
        {
            // Only libvpx's own decoders read the alpha beside the picture.
            { HasAlpha: true, Codec: "vp9" } => ["-c:v", "libvpx-vp9"],
            { HasAlpha: true, Codec: "vp8" } => ["-c:v", "libvpx"],
            _ => [],
        };
        string[] seek = !facts.IsStill && DecodeFilter.SeekPoint(facts, cut) is > 0 and var start ? ["-noaccurate_seek", "-ss", Invariant.Text(start)] : [];
        string[] count = facts.IsStill ? ["-frames:v", "1"] : cut.Count is { } most ? ["-frames:v", $"{most}"] : [];
        return new(
            await tool.StartAsync(new(
                "ffmpeg",
                [
                    "-nostdin", "-v", "error", .. SourceArguments.Of(facts.Demuxer, path, [.. decoder, .. seek]), "-map", $"0:{picture.StreamIndex}",
                    "-vf", DecodeFilter.Of(facts, cut, width, height), "-fps_mode", "passthrough", .. count, "-f", "rawvideo", "pipe:1",
                ],
                [path])),
            picture, width, height, facts.IsStill, seek.Length == 0);
    }

    /// <summary>Reads the next frame.</summary>
    /// <param name="target">Of this reader's size. Left as it is at the end of the source, so that its last frame is held.</param>
    /// <returns>False at the end of the source.</returns>
    /// <exception cref="MediaException">Not one frame could be decoded, or the decoder ended before its source.</exception>
    public async ValueTask<bool> ReadAsync(PixelBuffer target, CancellationToken cancellationToken)
    {
        if (!await NextAsync(cancellationToken))
            return false;
        CopyTo(target);
        return true;
    }

    /// <summary>Goes on to the next frame, without turning it into pixels.</summary>
    /// <returns>False at the end of the source, whose last frame stays.</returns>
    /// <exception cref="MediaException">Not one frame could be decoded, or the decoder ended before its source.</exception>
    public async ValueTask<bool> NextAsync(CancellationToken cancellationToken)
    {
        if (await frames.NextAsync(cancellationToken) is not { } frame)
        {
            await EndAsync(cancellationToken);
            return current is not null ? false : throw new MediaException(MediaErrorCodes.InvalidSource, "The source cannot be decoded.");
        }

        if (current is not null)
            frames.GiveBack(current);
        current = frame;
        return true;
    }

    /// <summary>Waits for ffmpeg to end by itself, as it does after a still.</summary>
    /// <exception cref="MediaException">Something else ended it, or it could not go on though it had begun.</exception>
    public async Task EndAsync(CancellationToken cancellationToken)
    {
        // Of a still that is damaged there may be a part, and one of which nothing can be decoded has no frame.
        var code = await process.WaitAsync(cancellationToken);
        if (MediaProcess.WasEnded(code) || (code is not (0 or MostlyDamaged) && current is not null && !isStill))
            throw new MediaException(MediaErrorCodes.InternalError, "The decoding of the source broke off.");
    }

    /// <summary>Whether the source's first frame was decoded and there was nothing to complain of; known once ffmpeg has ended.</summary>
    public async Task<bool> IsFlawlessAsync() => isFromStart && current is not null && await HasNoComplaintAsync();

    /// <summary>Whether there was no frame and nothing to complain of; known once ffmpeg has ended.</summary>
    public async Task<bool> IsEmptyAsync() => current is null && await HasNoComplaintAsync();

    /// <summary>Makes pixels of the frame that was read last.</summary>
    public void CopyTo(PixelBuffer target)
    {
        if ((target.Width, target.Height) != (Width, Height))
            throw new ArgumentException("The buffer is not of the frames' size.", nameof(target));
        Fill(target, current ?? throw new InvalidOperationException("No frame was read yet."));
    }

    /// <summary>Ends ffmpeg, wherever it is.</summary>
    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await frames.DisposeAsync();
        await process.DisposeAsync();
    }

    async Task<bool> HasNoComplaintAsync() => process.EndedWell && SourceFaults.OfPixels(await process.ErrorsAsync()) is "";

    void Fill(PixelBuffer target, byte[] frame)
    {
        target.IsOpaque = !hasAlpha;
        if (yuv is not null)
        {
            yuv.Convert(frame, target);
            return;
        }
        frame.CopyTo(target.Bytes);
        if (hasAlpha)
            Alpha.Premultiply(target);
    }
}
