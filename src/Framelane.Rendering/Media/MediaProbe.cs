using System.Text;
using Framelane.Application.Abstractions;

namespace Framelane.Rendering.Media;

/// <summary>Asks ffprobe what a file is, and has ffmpeg decode its beginning and read its end, so that a broken one is known before it is used.</summary>
public sealed class MediaProbe(MediaTool tool) : IMediaProbe
{
    /// <summary>Two by two pixels of grey.</summary>
    const int FirstFrameBytes = 4;

    /// <summary>Seconds by which the sound of a file may end before the file says, without being cut off.</summary>
    const double SoundTolerance = 0.25;

    /// <summary>Bytes a second that a file which has to be read to its end is given time for.</summary>
    const double SlowDisk = 20e6;

    static readonly TimeSpan VersionPatience = TimeSpan.FromSeconds(10);

    // A seek to what is no longer there finds nothing, and nothing to complain of.
    static readonly string[] NotEmpty = ["-abort_on", "empty_output"];

    // How a photograph is to be turned is known once it is decoded. One field of one frame: what else cameras write may be of any length.
    static readonly string[] FirstTurn = ["-read_intervals", "%+#1", "-show_entries", "frame_side_data=rotation"];

    string? version;

    public async Task<MediaFacts> ProbeAsync(string path, CancellationToken cancellationToken)
    {
        var facts = await ReadFactsAsync(path, SourceArguments.MostPixels, cancellationToken);
        await CheckAsync(path, facts, cancellationToken);
        return facts with { Kept = new ProbeRecord(ProbeRecord.ByOf(await VersionAsync(cancellationToken)), facts).Write() };
    }

    /// <summary>What was found of a file that was probed whole, by this ffmpeg and in this way; null where it has to be probed again.</summary>
    /// <param name="kept">Of its probe.</param>
    /// <param name="mostPixels">Of its picture.</param>
    /// <exception cref="MediaException">It is not there, cut off, or too large.</exception>
    public async Task<MediaFacts?> RecallAsync(string path, string kept, int mostPixels, CancellationToken cancellationToken)
    {
        if (ProbeRecord.Read(kept, ProbeRecord.ByOf(await VersionAsync(cancellationToken))) is not { } facts || facts.Demuxer != await DemuxerAsync(path, cancellationToken))
            return null;
        return facts.Picture?.Pixels > mostPixels ? throw ProbeAnswer.TooLarge(mostPixels) : facts;
    }

    /// <summary>What ffmpeg says of its version, its compiler and its libraries. Found out once.</summary>
    public async Task<string> VersionAsync(CancellationToken cancellationToken) =>
        version ??= Encoding.UTF8.GetString((await tool.RunAsync(new("ffmpeg", ["-version"], []), VersionPatience, cancellationToken)).Answer);

    /// <summary>What the file says that it is. Nothing of a video or sound is decoded for that; of a still its frame is, which may say how it is to be turned.</summary>
    /// <param name="mostPixels">Of its picture; what has more is not decoded.</param>
    /// <exception cref="MediaException">It is nothing that can be shown or heard, or too large.</exception>
    public async Task<MediaFacts> ReadFactsAsync(string path, int mostPixels, CancellationToken cancellationToken)
    {
        path = Path.GetFullPath(path);
        var demuxer = await DemuxerAsync(path, cancellationToken);
        var answer = await RunAsync(
            "ffprobe",
            ["-v", "warning", "-of", "json", "-show_streams", "-show_format", .. Container.IsStill(demuxer) ? FirstTurn : [], .. SourceArguments.Of(mostPixels, demuxer, path)],
            path, cancellationToken);
        SourceFaults.ThrowOnOpening(answer, mostPixels);
        var facts = ProbeAnswer.Parse(demuxer, answer.Answer, mostPixels);
        return !Container.IsStill(demuxer) && (facts.Duration is null || ProbeAnswer.IsEstimate(answer.Errors)) && await MeasureAsync(facts, path, cancellationToken) is { } end
            ? facts with { Duration = end, Sound = facts.Sound is { } sound ? sound with { Duration = end } : null }
            : facts;
    }

    /// <summary>Decodes the first frame and reads the end.</summary>
    /// <exception cref="MediaException">It is not what it says, or not all of it.</exception>
    public async Task CheckAsync(string path, MediaFacts facts, CancellationToken cancellationToken)
    {
        if (await AreWholeAsync([(path, facts)], cancellationToken))
            return;
        path = Path.GetFullPath(path);
        if (facts.Picture is { } picture)
            SourceFaults.ThrowOnDecoding(facts, await DecodeAsync(facts, picture, path, cancellationToken));
        if (EndOf(facts) is { } end)
            SourceFaults.ThrowOnEnding(facts, await ReadEndAsync(facts.Demuxer, end, path, cancellationToken));
        if (!await LastsAsync(facts, path, cancellationToken))
            throw SourceFaults.Incomplete();
    }

    /// <summary>Checks several files by one run of ffmpeg, which takes longer to start than to do this.</summary>
    /// <returns>False where one of them, or all together, gave cause to complain; which one it is, and why, is to be found out of each alone.</returns>
    public async Task<bool> AreWholeAsync(IReadOnlyList<(string Path, MediaFacts Facts)> files, CancellationToken cancellationToken)
    {
        List<string> inputs = [], outputs = [];
        var (input, pictures) = (0, 0);
        foreach (var (file, facts) in files)
        {
            var path = Path.GetFullPath(file);
            if (facts.Picture is { } picture)
            {
                inputs.AddRange(SourceArguments.Of(facts.Demuxer, path));
                outputs.AddRange(FirstFrame(picture, input++));
                pictures++;
            }

            if (EndOf(facts) is { } end)
            {
                inputs.AddRange(End(facts.Demuxer, end, path));
                outputs.AddRange(Packets(input++));
            }
        }

        if (input == 0)
            return true;
        try
        {
            foreach (var (file, facts) in files)
            {
                if (!await LastsAsync(facts, Path.GetFullPath(file), cancellationToken))
                    return false;
            }

            var command = new MediaCommand("ffmpeg", ["-nostdin", "-v", "error", "-xerror", .. NotEmpty, .. inputs, .. outputs], [.. files.Select(file => Path.GetFullPath(file.Path)).Distinct()]);
            return await tool.RunAsync(command, tool.Options.ProbeTimeout, cancellationToken) is { ExitCode: 0, Errors: var errors, Answer.Length: var answered }
                && answered == pictures * FirstFrameBytes && SourceFaults.OfPixels(errors) is "";
        }
        catch (MediaException) when (files.Count > 1)
        {
            // One of them took too long; the others are not to blame.
            return false;
        }
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
            var demuxer = Container.DemuxerOf(head.AsSpan(0, length))
                ?? throw new MediaException(MediaErrorCodes.InvalidSource, "The source is no video, sound or image of a kind that is supported.");
            return Extent.IsWhole(file.SafeFileHandle, demuxer) ? demuxer : throw SourceFaults.Incomplete();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MediaException(MediaErrorCodes.SourceNotFound, "The source is not there.", e);
        }
    }

    /// <summary>One frame, scaled to a few bytes: what cannot be decoded answers none.</summary>
    Task<MediaResult> DecodeAsync(MediaFacts facts, PictureFacts picture, string path, CancellationToken cancellationToken) => RunAsync(
        "ffmpeg",
        ["-nostdin", "-v", "error", .. SourceArguments.Of(facts.Demuxer, path), .. FirstFrame(picture, 0)],
        path, cancellationToken);

    /// <summary>Whether a stream of sound goes on as long as its head says. It does not say of how many bytes, and a seek in what was cut off ends anywhere.</summary>
    async Task<bool> LastsAsync(MediaFacts facts, string path, CancellationToken cancellationToken) =>
        facts is not { Demuxer: "flac" or "mp3", Duration: { } duration } || await MeasureAsync(facts, path, cancellationToken) >= duration - SoundTolerance;

    /// <summary>Seconds at which the end is to be read; null for a still, and for WAVE, whose one chunk says it all or says that nobody knew.</summary>
    static double? EndOf(MediaFacts facts) => facts.Demuxer == "wav" ? null : facts.Duration;

    /// <summary>From the first packet to the end of the last, for a file that does not say how long it lasts, such as one that was written while it was recorded.</summary>
    Task<double?> MeasureAsync(MediaFacts facts, string path, CancellationToken cancellationToken) => tool.RunAsync(
        new("ffprobe", ["-v", "error", "-of", "csv=p=0", "-show_entries", "packet=pts_time,duration_time", .. SourceArguments.Of(facts.Demuxer, path)], [path]),
        async (process, token) =>
        {
            using var lines = new StreamReader(process.Output);
            var (start, end) = (double.MaxValue, 0.0);
            while (await lines.ReadLineAsync(token) is { } line)
            {
                start = Math.Min(start, ProbeAnswer.StartOf(line) ?? start);
                end = Math.Max(end, ProbeAnswer.EndOf(line, facts.Picture?.FrameRate));
            }

            // ffmpeg counts from there; what is before 0 is not played.
            start = Math.Max(0, start);
            return end > start ? end - start : (double?)null;
        },
        tool.Options.ProbeTimeout + TimeSpan.FromSeconds(new FileInfo(path).Length / SlowDisk),
        cancellationToken);

    /// <summary>The packets of the last second, as they are.</summary>
    Task<MediaResult> ReadEndAsync(string demuxer, double duration, string path, CancellationToken cancellationToken) => RunAsync(
        "ffmpeg",
        ["-nostdin", "-v", "error", "-xerror", .. NotEmpty, .. End(demuxer, duration, path), .. Packets(0)],
        path, cancellationToken);

    // The limit of frames alone ends an output, but not, where there are more of them, the decoding.
    static string[] FirstFrame(PictureFacts picture, int input) =>
        ["-map", $"{input}:{picture.StreamIndex}", "-frames:v", "1", "-vf", "trim=end_frame=1,scale=2:2,format=gray", "-f", "rawvideo", "pipe:1"];

    static string[] Packets(int input) => ["-map", $"{input}:v?", "-map", $"{input}:a?", "-c", "copy", "-f", "null", "-"];

    static string[] End(string demuxer, double duration, string path) =>
        ["-noaccurate_seek", .. SourceArguments.Of(demuxer, path, "-ss", Invariant.Text(Math.Max(0, duration - 1)))];

    Task<MediaResult> RunAsync(string program, IReadOnlyList<string> arguments, string path, CancellationToken cancellationToken) =>
        tool.RunAsync(new(program, arguments, [path]), tool.Options.ProbeTimeout, cancellationToken);
}
