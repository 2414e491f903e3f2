using Framelane.Application.Abstractions;
using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Media;

/// <summary>Decodes a source to frames at a constant rate, in order, or to its first alone. A still has one frame.</summary>
public sealed class VideoReader : IAsyncDisposable
{
    // So it says that most of what it read could not be decoded, of which it has complained before.
    const int MostlyDamaged = 69;

    readonly MediaProcess process;
    readonly YuvToBgra? yuv;
    readonly bool hasAlpha, isStill, isFromStart;
    // Null where one frame alone is read: it may be of half a gigabyte, which need not be there twice.
    readonly FramesAhead? frames;
    byte[]? current;
    bool hasBegun;

    VideoReader(MediaProcess process, PictureFacts picture, int width, int height, bool isStill, bool isFromStart, bool isOne)
    {
        (this.process, Width, Height, hasAlpha, this.isStill, this.isFromStart) = (process, width, height, picture.HasAlpha, isStill, isFromStart);
        var matrix = YuvMatrix.Of(picture);
        yuv = DecodeFilter.IsYuv(picture) ? new(matrix, width, height) : null;
        HasPlanes = yuv is not null && matrix == YuvMatrix.Bt709 && PlanarPicture.Takes(width, height);
        Pipes.Widen(process.Output);
        Bytes = isOne ? PixelBytes(width, height) + PlaneBytes(picture, width, height) : BytesOf(picture, width, height);
        frames = isOne ? null : new(process.Output, FrameBytes(picture, width, height));
    }

    /// <summary>Pixels of the frames.</summary>
    public int Width { get; }

    /// <summary>Pixels of the frames.</summary>
    public int Height { get; }

    /// <summary>What its frames take in memory, with the pixels of one.</summary>
    public long Bytes { get; }

    /// <summary>Whether its frames come as planes that need no conversion.</summary>
    public bool HasPlanes { get; }

    /// <summary>The frame that was read last, until the next is read; null before the first, and where there are no such planes.</summary>
    public PlanarPicture? Planes => HasPlanes && current is not null ? new(current, Width, Height) : null;

    /// <summary>What <see cref="Bytes"/> is of frames of that size.</summary>
    internal static long BytesOf(PictureFacts picture, int width, int height) => FramesAhead.BytesOf(FrameBytes(picture, width, height)) + PixelBytes(width, height);

    /// <summary>What the pixels of a frame of that size take in memory.</summary>
    internal static int PixelBytes(int width, int height) => width * height * PixelBuffer.BytesPerPixel;

    /// <summary>What is there beside its pixels while one frame alone is read: what they are made of, where they do not come as such.</summary>
    internal static int PlaneBytes(PictureFacts picture, int width, int height) => DecodeFilter.IsYuv(picture) ? FrameBytes(picture, width, height) : 0;

    /// <param name="facts">What the probe said of the source.</param>
    public static Task<VideoReader> OpenAsync(MediaTool tool, string path, MediaFacts facts, VideoCut cut) => OpenAsync(tool, path, facts, cut, isOne: facts.IsStill);

    /// <summary>To read one frame as pixels.</summary>
    /// <param name="facts">What the probe said of the source.</param>
    internal static Task<VideoReader> OpenOneAsync(MediaTool tool, string path, MediaFacts facts, VideoCut cut) => OpenAsync(tool, path, facts, cut, isOne: true);

    static async Task<VideoReader> OpenAsync(MediaTool tool, string path, MediaFacts facts, VideoCut cut, bool isOne)
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
        string[] count = isOne ? ["-frames:v", "1"] : cut.Count is { } most ? ["-frames:v", $"{most}"] : [];
        return new(
            await tool.StartAsync(new(
                "ffmpeg",
                [
                    "-nostdin", "-v", "error", .. SourceArguments.Of(facts.Demuxer, path, [.. decoder, .. seek]), "-map", $"0:{picture.StreamIndex}",
                    "-vf", DecodeFilter.Of(facts, cut, width, height), "-fps_mode", "passthrough", .. count, "-f", "rawvideo", "pipe:1",
                ],
                [path])),
            picture, width, height, facts.IsStill, seek.Length == 0, isOne);
    }

    /// <summary>Reads the next frame.</summary>
    /// <param name="target">Of this reader's size. Left as it is at the end of the source, so that its last frame is held.</param>
    /// <returns>False at the end of the source.</returns>
    /// <exception cref="MediaException">Not one frame could be decoded, or the decoder ended before its source.</exception>
    public async ValueTask<bool> ReadAsync(PixelBuffer target, CancellationToken cancellationToken)
    {
        if (frames is null)
            return await ReadOneAsync(target, cancellationToken);
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
        var ahead = frames ?? throw new InvalidOperationException("One frame is read as pixels.");
        if (await ahead.NextAsync(cancellationToken) is not { } frame)
            return await IsNoneAsync(cancellationToken);
        if (current is not null)
            ahead.GiveBack(current);
        (current, hasBegun) = (frame, true);
        return true;
    }

    /// <summary>Waits for ffmpeg to end by itself, as it does after a still.</summary>
    /// <exception cref="MediaException">Something else ended it, or it could not go on though it had begun.</exception>
    public async Task EndAsync(CancellationToken cancellationToken)
    {
        // Of a still that is damaged there may be a part, and one of which nothing can be decoded has no frame.
        var code = await process.WaitAsync(cancellationToken);
        if (MediaProcess.WasEnded(code) || (code is not (0 or MostlyDamaged) && hasBegun && !isStill))
            throw new MediaException(MediaErrorCodes.InternalError, "The decoding of the source broke off.");
    }

    /// <summary>Whether the source's first frame was decoded and there was nothing to complain of; known once ffmpeg has ended.</summary>
    public async Task<bool> IsFlawlessAsync() => isFromStart && hasBegun && await HasNoComplaintAsync();

    /// <summary>Whether there was no frame and nothing to complain of; known once ffmpeg has ended.</summary>
    public async Task<bool> IsEmptyAsync() => !hasBegun && await HasNoComplaintAsync();

    /// <summary>Makes pixels of the frame that was read last.</summary>
    public void CopyTo(PixelBuffer target)
    {
        Expect(target);
        Fill(target, current ?? throw new InvalidOperationException("No frame was read yet."));
    }

    /// <summary>Ends ffmpeg, wherever it is.</summary>
    public async ValueTask DisposeAsync()
    {
        process.Kill();
        if (frames is not null)
            await frames.DisposeAsync();
        await process.DisposeAsync();
    }

    async Task<bool> HasNoComplaintAsync() => process.EndedWell && SourceFaults.OfPixels(await process.ErrorsAsync()) is "";

    async Task<bool> ReadOneAsync(PixelBuffer target, CancellationToken cancellationToken)
    {
        Expect(target);
        if (hasBegun)
            return await IsNoneAsync(cancellationToken);
        // The thread waits in the read itself, as where frames are read ahead.
        using (cancellationToken.UnsafeRegister(static process => ((MediaProcess)process!).Kill(), process))
            hasBegun = await Task.Run(() => Fill(target), CancellationToken.None);
        cancellationToken.ThrowIfCancellationRequested();
        return hasBegun || await IsNoneAsync(cancellationToken);
    }

    async Task<bool> IsNoneAsync(CancellationToken cancellationToken)
    {
        await EndAsync(cancellationToken);
        return hasBegun ? false : throw new MediaException(MediaErrorCodes.InvalidSource, "The source cannot be decoded.");
    }

    void Expect(PixelBuffer target)
    {
        if ((target.Width, target.Height) != (Width, Height))
            throw new ArgumentException("The buffer is not of the frames' size.", nameof(target));
    }

    /// <returns>Whether there was a whole frame.</returns>
    bool Fill(PixelBuffer target)
    {
        var planes = yuv is null ? null : GC.AllocateUninitializedArray<byte>(yuv.Length);
        var frame = planes ?? target.Bytes;
        if (process.Output.ReadAtLeast(frame, frame.Length, throwOnEndOfStream: false) < frame.Length)
            return false;
        if (planes is not null)
            Fill(target, planes);
        else
            Finish(target);
        return true;
    }

    void Fill(PixelBuffer target, byte[] frame)
    {
        if (yuv is not null)
            yuv.Convert(frame, target);
        else
            frame.CopyTo(target.Bytes);
        Finish(target);
    }

    void Finish(PixelBuffer target)
    {
        target.IsOpaque = !hasAlpha;
        if (hasAlpha)
            Alpha.Premultiply(target);
    }

    static int FrameBytes(PictureFacts picture, int width, int height) =>
        DecodeFilter.IsYuv(picture) ? YuvToBgra.LengthOf(width, height) : PixelBytes(width, height);
}
