using Framelane.Application.Abstractions;

namespace Framelane.Rendering.Media;

/// <summary>Mixes any number of tracks to one stereo file of 48 kHz, by one graph of ffmpeg's filters.</summary>
public sealed class SoundMixer(MediaTool tool)
{
    const string Stereo = "aformat=sample_fmts=fltp:sample_rates=48000:channel_layouts=stereo";

    /// <summary>Seconds: a few samples.</summary>
    const double ShortestFade = 1e-4;

    /// <param name="mix">The file has exactly as many samples as its length says.</param>
    /// <param name="path">A wav file in the job's folder.</param>
    /// <exception cref="MediaException">A source's sound cannot be decoded.</exception>
    public async Task MixAsync(SoundMix mix, string path, CancellationToken cancellationToken)
    {
        path = Path.GetFullPath(path);
        var graph = path + ".graph";
        try
        {
            await MixAsync(mix, path, FilterGraph.Arguments(Graph(mix), graph), cancellationToken);
        }
        finally
        {
            File.Delete(graph);
        }
    }

    async Task MixAsync(SoundMix mix, string path, string[] graph, CancellationToken cancellationToken)
    {
        string[] arguments =
        [
            "-nostdin", "-v", "error", "-y", .. Inputs(mix), .. graph, "-map", "[mix]",
            "-c:a", "pcm_s16le", "-fflags", "+bitexact", "-flags:a", "+bitexact", "-map_metadata", "-1", "-rf64", "auto", "-f", "wav", "file:" + path,
        ];
        var command = new MediaCommand("ffmpeg", arguments, mix.Files, Path.GetDirectoryName(path));
        if ((await tool.RunAsync(command, Timeout.InfiniteTimeSpan, cancellationToken)).ExitCode != 0)
            throw new MediaException(MediaErrorCodes.InvalidSource, "The sound of a source cannot be decoded.");
    }

    /// <summary>The tracks, each an input of ffmpeg's.</summary>
    internal static IEnumerable<string> Inputs(SoundMix mix) => mix.Tracks.SelectMany(track => SourceArguments.Of(track.Demuxer, Path.GetFullPath(track.Path)));

    /// <param name="firstInput">Which of ffmpeg's inputs the first track is.</param>
    internal static string Graph(SoundMix mix, int firstInput = 0)
    {
        var (tracks, length) = (mix.Tracks, mix.Length);
        var chains = tracks.Select((track, index) => $"[{firstInput + index}:{track.StreamIndex}]{Chain(track)}[t{index}];");
        // Silence comes first: it makes the whole exactly as long as it shall be, and is all there is where no track is.
        return $"anullsrc=r=48000:cl=stereo,atrim=end_sample={Samples(length)},{Stereo}[t];" + string.Concat(chains)
            + "[t]" + string.Concat(tracks.Select((_, index) => $"[t{index}]"))
            + $"amix=inputs={tracks.Count + 1}:duration=first:normalize=0:dropout_transition=0,alimiter=limit=0.98:level=0:latency=1,"
            + $"apad=whole_len={Samples(length)},atrim=end_sample={Samples(length)},aformat=sample_fmts=s16[mix]";
    }

    /// <remarks>A fade is no longer than its track, so that none is cut off while it is still loud. Two that meet are both heard.</remarks>
    static string Chain(SoundTrack track)
    {
        var (rising, falling) = (Math.Min(track.FadeIn, track.Length), Math.Min(track.FadeOut, track.Length));
        string[] fadeIn = rising > 0 ? [Fade(new(IsRising: true, 0, rising))] : [];
        string[] fadeOut = falling > 0 ? [Fade(new(IsRising: false, track.Length - falling, track.Length))] : [];
        // Else each side has the half of the power.
        string[] mono = track.Channels == 1 ? ["pan=stereo|c0=c0|c1=c0"] : [];
        // The sources' gaps are filled before anything is cut, so that sound stays where its picture is.
        return string.Join(',',
        [
            .. mono, Stereo, "aresample=async=1:first_pts=0", $"atrim=start_sample={Samples(track.InPoint)}:end_sample={Samples(track.OutPoint)}", "asetpts=PTS-STARTPTS",
            .. Tempos(track.Speed), $"atrim=end_sample={Samples(track.Length)}", $"volume={Invariant.Text(track.Volume)}", .. fadeIn, .. fadeOut,
            $"adelay=delays={Samples(track.Start)}S:all=1", .. track.Fades.Select(Fade),
        ]);
    }

    // One that lasts no microsecond would last a second.
    static string Fade(SoundFade fade) =>
        $"afade=t={(fade.IsRising ? "in" : "out")}:st={Invariant.Text(fade.Start)}:d={Invariant.Text(Math.Max(ShortestFade, fade.Length))}";

    // One atempo keeps its quality from a half to two.
    static IEnumerable<string> Tempos(double speed)
    {
        for (; speed > 2; speed /= 2)
            yield return "atempo=2";
        for (; speed < 0.5; speed *= 2)
            yield return "atempo=0.5";
        if (speed != 1)
            yield return $"atempo={Invariant.Text(speed)}";
    }

    static long Samples(double seconds) => (long)Math.Round(seconds * 48_000);
}
