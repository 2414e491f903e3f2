using System.Globalization;

namespace Framelane.Bench.Renders;

/// <summary>The job as one would do it without us: by one graph of ffmpeg's filters, and by melt. Same size, frames and encoder.</summary>
static class PlainRenders
{
    static readonly string[] Encoder =
    [
        "-c:v", "libx264", "-preset", "veryfast", "-crf", "23", "-profile:v", "high", "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709",
        "-color_range", "tv", "-c:a", "aac", "-b:a", "192k", "-ar", "48000", "-ac", "2", "-movflags", "+faststart",
    ];

    public static Task<double> FfmpegAsync(RenderJob job, string output) => MediaProgram.FfmpegAsync(
    [
        "-i", job.FirstClip, "-i", job.SecondClip, "-i", job.Logo, "-filter_complex", Graph, "-map", "[picture]", "-map", "[sound]",
        "-t", Text(RenderJob.Frames / RenderJob.Rate), .. Encoder, output,
    ]);

    /// <summary>With its defaults and its own filters for a logo and for a title, as its documentation has them: every frame is rendered, by one
    /// thread, and the encoder's own.</summary>
    public static Task<double> MeltAsync(RenderJob job, string output)
    {
        var last = Text(RenderJob.ClipLength * RenderJob.Rate - 1);
        return MediaProgram.RunAsync(
            "melt",
            "-silent", "-profile", "atsc_720p_30", job.FirstClip, $"out={last}", job.SecondClip, $"out={last}",
            "-mix", Text(RenderJob.Dissolve * RenderJob.Rate), "-mixer", "luma", "-mixer", "mix:-1",
            "-filter", "watermark:" + job.Logo, $"composite.geometry={RenderJob.LogoX}/{RenderJob.LogoY}:{RenderJob.LogoSide}x{RenderJob.LogoSide}:100",
            "-filter", "dynamictext:" + RenderJob.TitleText, $"family={RenderJob.Font}", $"size={RenderJob.FontSize}", "weight=400", "pad=0",
            "fgcolour=0xffffffff", "bgcolour=0x00000000", "olcolour=0x00000000", "halign=center", "valign=middle",
            $"geometry=0/{RenderJob.TitleY}:{RenderJob.Width}x{RenderJob.TitleHeight}:100",
            "-consumer", $"avformat:{output}", "vcodec=libx264", "preset=veryfast", "crf=23", "vprofile=high",
            "acodec=aac", "ab=192k", "ar=48000", "channels=2", "movflags=+faststart");
    }

    static string Graph { get; } = string.Join(
        ';',
        "[0:v]settb=AVTB[a]",
        "[1:v]settb=AVTB[b]",
        $"[a][b]xfade=transition=fade:duration={Text(RenderJob.Dissolve)}:offset={Text(RenderJob.DissolveStart)},format=yuv420p[clips]",
        $"[2:v]scale={RenderJob.LogoSide}:{RenderJob.LogoSide}[logo]",
        $"[clips][logo]overlay=x={RenderJob.LogoX}:y={RenderJob.LogoY}[marked]",
        $"[marked]{RenderJob.DrawText}:y={RenderJob.TitleY}+({RenderJob.TitleHeight}-th)/2[picture]",
        $"[0:a]atrim=end={Text(RenderJob.ClipLength)},afade=t=out:st={Text(RenderJob.DissolveStart)}:d={Text(RenderJob.Dissolve)}[leaving]",
        $"[1:a]atrim=end={Text(RenderJob.ClipLength)},afade=t=in:d={Text(RenderJob.Dissolve)},adelay={Text(RenderJob.DissolveStart * 1000)}:all=1[coming]",
        "[leaving][coming]amix=inputs=2:normalize=0[sound]");

    static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);
}
