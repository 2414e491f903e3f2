using Framelane.Application.Abstractions;
using Framelane.Application.Renders.Scenes;
using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Media;

/// <summary>Encodes frames to a file, in order. A file that was not finished is deleted.</summary>
public sealed class VideoWriter : IAsyncDisposable
{
    static readonly TimeSpan PassTimeout = TimeSpan.FromHours(1);

    readonly MediaTool tool;
    readonly VideoFormat format;
    readonly string path;
    readonly MediaProcess process;
    readonly BgraToYuv? yuv;
    readonly byte[] frame;
    bool isFinished;

    VideoWriter(MediaTool tool, VideoFormat format, string path, MediaProcess process, BgraToYuv? yuv)
    {
        (this.tool, this.format, this.path, this.process, this.yuv) = (tool, format, path, process, yuv);
        frame = new byte[yuv?.Length ?? format.EncodedWidth * format.EncodedHeight * PixelBuffer.BytesPerPixel];
        Pipes.Widen(process.Input);
    }

    string Clip => path + ".mkv";

    string PaletteFile => path + ".palette.png";

    static string GraphFile(string path) => path + ".graph";

    /// <param name="path">The file; its folder is all that ffmpeg may write to.</param>
    public static async Task<VideoWriter> OpenAsync(MediaTool tool, VideoFormat format, string path)
    {
        path = Path.GetFullPath(path);
        var yuv = format.IsYuv ? new BgraToYuv(format.Width, format.Height) : null;
        var target = format.Container is OutputFormat.Gif ? path + ".mkv" : path;
        // The pictures are the first input.
        var graph = format.Sound is { } sound ? FilterGraph.Arguments(SoundMixer.Graph(sound, firstInput: 1), GraphFile(path)) : [];
        var arguments = EncodeArguments.Of(format, target, graph, tool.Options.Processors);
        var command = new MediaCommand("ffmpeg", arguments, format.Sound?.Files ?? [], Path.GetDirectoryName(path), format.LargestFile);
        try
        {
            return new(tool, format, path, await tool.StartAsync(command), yuv);
        }
        catch
        {
            File.Delete(GraphFile(path));
            throw;
        }
    }

    /// <param name="picture">Of the format's size; not to be changed until the task has ended.</param>
    /// <exception cref="MediaException">The encoder ended.</exception>
    /// <exception cref="IOException">There is no room on the disk.</exception>
    public ValueTask WriteAsync(PixelBuffer picture, CancellationToken cancellationToken)
    {
        if ((picture.Width, picture.Height) != (format.Width, format.Height))
            throw new ArgumentException("The picture is not of the format's size.", nameof(picture));
        return new(Task.Run(() => WriteAsync(Converted(picture), cancellationToken), cancellationToken));
    }

    /// <param name="canvas">Of the format's size; not to be changed until the task has ended.</param>
    /// <exception cref="MediaException">The encoder ended.</exception>
    /// <exception cref="IOException">There is no room on the disk.</exception>
    public ValueTask WriteAsync(CanvasFrame canvas, CancellationToken cancellationToken) => canvas is { DrawnOver: { } areas, Planes: { } planes }
        ? new(Task.Run(() => WriteAsync(Joined(canvas.Pixels, areas, planes), cancellationToken), cancellationToken))
        : WriteAsync(canvas.Pixels, cancellationToken);

    /// <summary>Waits until the file is whole.</summary>
    /// <returns>Whether ffmpeg had nothing to complain of; it goes on where a part of the sound cannot be decoded.</returns>
    /// <exception cref="MediaException">It could not be encoded.</exception>
    /// <exception cref="IOException">There is no room on the disk.</exception>
    public async Task<bool> FinishAsync(CancellationToken cancellationToken)
    {
        process.Input.Close();
        var exitCode = await process.WaitAsync(cancellationToken);
        await process.ThrowIfFullAsync();
        if (exitCode != 0)
            throw Failed(null);
        if (format.Container is OutputFormat.Gif)
        {
            await PassAsync(EncodeArguments.Palette(Clip, PaletteFile), cancellationToken);
            await PassAsync(EncodeArguments.Gif(Clip, PaletteFile, path), cancellationToken);
        }
        isFinished = true;
        return await process.ErrorsAsync() is "";
    }

    public async ValueTask DisposeAsync()
    {
        await process.DisposeAsync();
        File.Delete(Clip);
        File.Delete(PaletteFile);
        File.Delete(GraphFile(path));
        if (!isFinished)
            File.Delete(path);
    }

    // The thread waits in the write itself: on busy cores each turn by way of the pool costs milliseconds.
    async Task WriteAsync(byte[] frame, CancellationToken cancellationToken)
    {
        using var stop = cancellationToken.UnsafeRegister(static process => ((MediaProcess)process!).Kill(), process);
        try
        {
            process.Input.Write(frame);
        }
        catch (IOException e)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await process.ThrowIfFullAsync();
            throw Failed(e);
        }
    }

    byte[] Converted(PixelBuffer picture)
    {
        if (yuv is not null)
            yuv.Convert(picture, frame);
        else
            Alpha.Unpremultiply(picture, frame, format.EncodedWidth, format.EncodedHeight);
        return frame;
    }

    byte[] Joined(PixelBuffer pixels, IReadOnlyList<Area> areas, PlanarPicture planes)
    {
        foreach (var area in areas)
            yuv!.Convert(pixels, planes.Bytes, area);
        return planes.Bytes;
    }

    async Task PassAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        if ((await tool.RunAsync(new("ffmpeg", arguments, [], Path.GetDirectoryName(path), format.LargestFile), PassTimeout, cancellationToken)).ExitCode != 0)
            throw Failed(null);
    }

    MediaException Failed(Exception? inner) => IsFull(path) || IsFull(Clip)
        ? new(MediaErrorCodes.SourceTooLarge, FormattableString.Invariant($"The output would be larger than {format.LargestFile} bytes."), inner)
        : new(MediaErrorCodes.InternalError, "The output could not be encoded.", inner);

    bool IsFull(string file) => new FileInfo(file) is { Exists: true, Length: var length } && length >= format.LargestFile;
}
