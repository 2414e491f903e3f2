using Framelane.Application.Renders.Scenes;

namespace Framelane.Rendering.Media;

/// <summary>ffmpeg's arguments for each output format.</summary>
static class EncodeArguments
{
    static readonly string[] Tags = ["-color_primaries", "bt709", "-color_trc", "bt709", "-colorspace", "bt709", "-color_range", "tv"];

    // Encoders of alpha take colours from the frames, not from the options.
    const string ToBt709 = "scale=out_color_matrix=bt709:out_range=tv", Tagged = "setparams=range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709";

    /// <summary>Pixels of all the pictures that an encoder's threads may be at: each holds some of its own, so that the memory of an encoder without a
    /// bound grows with the machine until it may have no more. 32 threads at 1080p, 8 at 4K, 2 at 8K.</summary>
    const int MostPixels = 1 << 26;

    /// <summary>All that are named below, or chosen by the end of a file's name.</summary>
    public static readonly IReadOnlyList<string> Encoders = ["libx264", "libx264rgb", "libvpx-vp9", "prores_ks", "aac", "libopus", "pcm_s16le", "png", "mjpeg", "gif"];

    static readonly string[] Quiet = ["-nostdin", "-v", "error", "-y"];

    // No version, no date: the same frames give the same file.
    static readonly string[] Exact = ["-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact", "-map_metadata", "-1"];

    /// <param name="graph">The graph that mixes the sound: the arguments that tell of it.</param>
    /// <param name="processors">Those of the machine.</param>
    public static IReadOnlyList<string> Of(VideoFormat format, string path, IReadOnlyList<string> graph, int processors) =>
    [
        .. Quiet, "-f", "rawvideo", "-pix_fmt", format.IsYuv ? "yuv420p" : "bgra", "-s", $"{format.EncodedWidth}x{format.EncodedHeight}", "-r", $"{format.Rate}", "-i", "pipe:0",
        .. Sound(format, graph), .. Picture(format), "-threads", $"{ThreadsOf(format, processors)}", .. Exact, "file:" + path,
    ];

    // x264's own choice is half as many again as there are cores, for a machine that does nothing else; each costs turns, and decoders want cores too.
    // The number is said because it decides about the frames as well: from some number of threads on, what one may refer to is what another has done
    // by then. The other encoders make the same of any number.
    static int ThreadsOf(VideoFormat format, int processors) =>
        Math.Min(processors, Math.Max(1, MostPixels / (format.EncodedWidth * format.EncodedHeight)));

    /// <summary>The second pass of a gif: its palette, made from the whole clip.</summary>
    public static IReadOnlyList<string> Palette(string clip, string palette) =>
        [.. Quiet, .. SourceArguments.Threads, "-i", "file:" + clip, "-vf", "palettegen=reserve_transparent=0", "-frames:v", "1", "-update", "1", "file:" + palette];

    /// <summary>The third pass of a gif. It loops for ever.</summary>
    public static IReadOnlyList<string> Gif(string clip, string palette, string path) =>
    [
        .. Quiet, .. SourceArguments.Threads, "-i", "file:" + clip, "-i", "file:" + palette, "-filter_complex", "paletteuse=dither=bayer:bayer_scale=4:diff_mode=rectangle",
        "-loop", "0", .. Exact, "file:" + path,
    ];

    static string[] Sound(VideoFormat format, IReadOnlyList<string> graph) => format switch
    {
        { Sound: null } => [],
        { Container: OutputFormat.Webm } => [.. Mixed(format.Sound, graph), "-c:a", "libopus", "-b:a", "160k", "-ar", "48000", "-ac", "2"],
        _ => [.. Mixed(format.Sound, graph), "-c:a", "aac", "-b:a", "192k", "-ar", "48000", "-ac", "2"],
    };

    static IEnumerable<string> Mixed(SoundMix sound, IReadOnlyList<string> graph) => [.. SoundMixer.Inputs(sound), .. graph, "-map", "0:v", "-map", "[mix]"];

    static string[] Picture(VideoFormat format) => format switch
    {
        { Container: OutputFormat.Png } => ["-frames:v", "1", "-c:v", "png", "-pix_fmt", format.HasAlpha ? "rgba" : "rgb24", "-f", "image2", "-update", "1"],
        // JFIF is of BT.601 and full range.
        { Container: OutputFormat.Jpg } =>
        [
            "-frames:v", "1", "-vf", "scale=out_color_matrix=bt601:out_range=pc,format=yuvj420p", "-c:v", "mjpeg",
            "-q:v", Of(format.Quality, "8", "4", "2"), "-f", "image2", "-update", "1",
        ],
        // Lossless, to be read twice.
        { Container: OutputFormat.Gif } => ["-c:v", "libx264rgb", "-preset", "ultrafast", "-qp", "0", "-f", "matroska"],
        { Container: OutputFormat.Webm } =>
        [
            .. format.HasAlpha ? ["-vf", $"{ToBt709},format=yuva420p,{Tagged}", "-auto-alt-ref", "0"] : Array.Empty<string>(),
            "-c:v", "libvpx-vp9", "-b:v", "0", "-crf", Of(format.Quality, "40", "31", "22"), "-deadline", "good",
            "-cpu-used", Of(format.Quality, "8", "5", "3"), "-row-mt", "1", .. Tags, "-f", "webm",
        ],
        { Container: OutputFormat.Mov, HasAlpha: true } =>
        [
            "-vf", $"{ToBt709},format=yuva444p10le,{Tagged}", "-c:v", "prores_ks", "-profile:v", "4444",
            "-alpha_bits", "16", .. Tags, "-f", "mov",
        ],
        _ =>
        [
            "-c:v", "libx264", "-preset", Of(format.Quality, "superfast", "veryfast", "medium"), "-crf", Of(format.Quality, "30", "23", "18"),
            "-profile:v", "high", .. Tags, "-movflags", "+faststart", "-f", format.Container is OutputFormat.Mov ? "mov" : "mp4",
        ],
    };

    static string Of(RenderQuality quality, string draft, string standard, string high) =>
        quality switch { RenderQuality.Draft => draft, RenderQuality.High => high, _ => standard };
}
