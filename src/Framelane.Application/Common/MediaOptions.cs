namespace Framelane.Application.Common;

/// <summary>Section <c>Framelane:Media</c>: the media tools, and what a job may use at most.</summary>
public sealed class MediaOptions
{
    public const string Section = "Framelane:Media";

    /// <summary>The ffmpeg program; a bare name is looked for on PATH.</summary>
    public string FfmpegPath { get; set; } = "ffmpeg";

    /// <summary>The ffprobe program; a bare name is looked for on PATH.</summary>
    public string FfprobePath { get; set; } = "ffprobe";

    /// <summary>Folders of fonts besides the built-in ones.</summary>
    public IList<string> FontPaths { get; } = [];

    /// <summary>The largest source, in bytes.</summary>
    public long MaxSourceBytes { get; set; } = 5L << 30;

    /// <summary>What a job may have on this machine's disk, in bytes: its sources, and what is made of them.</summary>
    public long MaxJobBytes { get; set; } = 40L << 30;

    /// <summary>Whether a render that was made before from the same scene and sources is copied in place of being made again.</summary>
    public bool ReuseRenders { get; set; } = true;

    /// <summary>How long a job may run.</summary>
    public TimeSpan MaxJobDuration { get; set; } = TimeSpan.FromHours(1);

    /// <summary>For how long a worker holds a job without a sign of life: after it died, its jobs wait so long for another.</summary>
    public TimeSpan JobLease { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Jobs that this process works on at once.</summary>
    public int MaxConcurrentJobs { get; set; } = Environment.ProcessorCount;
}
