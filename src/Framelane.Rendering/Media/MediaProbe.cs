using Framelane.Application.Abstractions;

namespace Framelane.Rendering.Media;

/// <summary>Asks ffprobe what a file is, and has ffmpeg decode its beginning and read its end, so that a broken one is known before it is used.</summary>
public sealed class MediaProbe(MediaTool tool) : IMediaProbe
{
    public async Task<MediaFacts> ProbeAsync(string path, CancellationToken cancellationToken)
    {
        path = Path.GetFullPath(path);
        var demuxer = await DemuxerAsync(path, cancellationToken);
        var answer = await RunAsync(
            "ffprobe", ["-v", "warning", "-of", "json", "-show_streams", "-show_format", .. SourceArguments.Of(demuxer, path)], path, cancellationToken);
        SourceFaults.ThrowOnOpening(answer);
        var facts = ProbeAnswer.Parse(demuxer, answer.Answer);
        if (facts.Duration is null && !Container.IsStill(demuxer))
            facts = facts with { Duration = await MeasureAsync(facts, path, cancellationToken) };
        if (await IsWholeAsync(facts, path, cancellationToken))
            return facts;
        if (facts.Picture is { } picture)
            SourceFaults.ThrowOnDecoding(facts, await DecodeAsync(facts, picture, path, cancellationToken));
        if (facts.Duration is { } duration)
            SourceFaults.ThrowOnEnding(await ReadEndAsync(demuxer, duration, path, cancellationToken));
        return facts;
    }

    static async Task<string> DemuxerAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            // So has a pipe or a device, which would wait for ever when it is opened.
            if (new FileInfo(path).Length == 0)
                throw new MediaException(MediaErrorCodes.InvalidSource, "The source is empty.");
            await using var file = File.OpenRead(path);
            var head = new byte[Container.HeadLength];
            var length = await file.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken);
            return Container.DemuxerOf(head.AsSpan(0, length))
                ?? throw new MediaException(MediaErrorCodes.InvalidSource, "The source is no video, sound or image of a kind that is supported.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MediaException(MediaErrorCodes.SourceNotFound, "The source is not there.", e);
        }
    }

    /// <summary>Its first frame and its end by one run, of which most sources give no cause to complain. Where there is one, a run for each tells what it is.</summary>
    async Task<bool> IsWholeAsync(MediaFacts facts, string path, CancellationToken cancellationToken) =>
        facts is { Picture: { } picture, Duration: { } duration }
        && await RunAsync(
            "ffmpeg",
            [
                "-nostdin", "-v", "error", "-xerror", .. SourceArguments.Of(facts.Demuxer, path), .. End(facts.Demuxer, duration, path),
                .. FirstFrame(picture), "-map", "1:v?", "-map", "1:a?", "-c", "copy", "-f", "null", "-",
            ],
            path, cancellationToken) is { ExitCode: 0, Errors: "", Answer.Length: > 0 };

    /// <summary>One frame, scaled to a few bytes: what cannot be decoded answers none.</summary>
    Task<MediaResult> DecodeAsync(MediaFacts facts, PictureFacts picture, string path, CancellationToken cancellationToken) => RunAsync(
        "ffmpeg",
        ["-nostdin", "-v", "error", .. SourceArguments.Of(facts.Demuxer, path), .. FirstFrame(picture)],
        path, cancellationToken);

    /// <summary>The end of the last packet, for a file that does not say how long it lasts: one that was written while it was recorded.</summary>
    Task<double?> MeasureAsync(MediaFacts facts, string path, CancellationToken cancellationToken) => tool.RunAsync(
        new("ffprobe", ["-v", "error", "-of", "csv=p=0", "-show_entries", "packet=pts_time,duration_time", .. SourceArguments.Of(facts.Demuxer, path)], [path]),
        async (process, token) =>
        {
            using var lines = new StreamReader(process.Output);
            var end = 0.0;
            while (await lines.ReadLineAsync(token) is { } line)
                end = Math.Max(end, ProbeAnswer.EndOf(line, facts.Picture?.FrameRate));
            return end > 0 ? end : (double?)null;
        },
        tool.Options.ProbeTimeout,
        cancellationToken);

    /// <summary>The packets of the last second, as they are.</summary>
    Task<MediaResult> ReadEndAsync(string demuxer, double duration, string path, CancellationToken cancellationToken) => RunAsync(
        "ffmpeg",
        ["-nostdin", "-v", "error", "-xerror", .. End(demuxer, duration, path), "-map", "0:v?", "-map", "0:a?", "-c", "copy", "-f", "null", "-"],
        path, cancellationToken);

    static string[] FirstFrame(PictureFacts picture) =>
        ["-map", $"0:{picture.StreamIndex}", "-frames:v", "1", "-vf", "scale=2:2,format=gray", "-f", "rawvideo", "pipe:1"];

    static string[] End(string demuxer, double duration, string path) =>
        ["-noaccurate_seek", .. SourceArguments.Of(demuxer, path, "-ss", Invariant.Text(Math.Max(0, duration - 1)))];

    Task<MediaResult> RunAsync(string program, IReadOnlyList<string> arguments, string path, CancellationToken cancellationToken) =>
        tool.RunAsync(new(program, arguments, [path]), tool.Options.ProbeTimeout, cancellationToken);
}
