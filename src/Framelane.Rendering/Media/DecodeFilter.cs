using Framelane.Application.Abstractions;
using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Media;

/// <summary>The ffmpeg filters between a decoded source and the pipe.</summary>
static class DecodeFilter
{
    /// <summary>Whether frames come as yuv420p in the source's matrix; as straight BGRA where that would lose alpha or colour.</summary>
    public static bool IsYuv(PictureFacts picture) =>
        !picture.HasAlpha && !picture.IsHdr && (picture.PixelFormat.Contains("420", StringComparison.Ordinal) || picture.PixelFormat is "nv12");

    /// <summary>Where decoding begins. Whole seconds, since ffmpeg rounds what it seeks to in the source's unit of time, and counts from there.</summary>
    public static double SeekPoint(MediaFacts facts, VideoCut cut) => Container.SeeksToKeyFrames(facts.Demuxer) ? Math.Floor(cut.InPoint) : 0;

    public static string Of(MediaFacts facts, VideoCut cut, int width, int height)
    {
        var picture = facts.Picture!;
        string[] times = facts.IsStill ? [] : [Sample(facts, cut)];
        var matrix = YuvMatrix.Of(picture);
        // Of the shape that it is shown in, after the rotation that ffmpeg has put before this.
        var scale = $"scale={width}:{height}:flags=bicubic+accurate_rnd+full_chroma_int+bitexact";
        string[] pixels = picture.IsHdr ? [scale, ToneMap(picture), "format=bgra"]
            // Where it is told a range the filter copies each frame, though nothing is to be changed.
            : IsYuv(picture) ? [picture.IsFullRange ? $"{scale}:out_range=tv" : scale, "format=yuv420p"]
            : [picture.PixelFormat.StartsWith("yuv", StringComparison.Ordinal) ? $"{scale}:in_color_matrix={matrix.Name}" : scale, "format=bgra"];
        return string.Join(',', [.. times, .. pixels, "setsar=1"]);
    }

    // fps rounds each time up to the next sample, so that a sample shows the latest frame that is not after it.
    static string Sample(MediaFacts facts, VideoCut cut)
    {
        var start = cut.InPoint - SeekPoint(facts, cut);
        var late = Invariant.Text(start + VideoCut.Tolerance);
        return $"settb=1/1000000,setpts='(T-{late})/{Invariant.Text(cut.Speed)}/TB',fps={cut.Rate}:start_time=0:round=up";
    }

    // Of full colour first: zscale takes no odd sides of halved colour.
    static string ToneMap(PictureFacts picture) =>
        $"format=yuv444p10le,zscale=tin={(picture.Transfer == "arib-std-b67" ? "arib-std-b67" : "smpte2084")}:pin=bt2020:min=bt2020nc:t=linear:npl=100,format=gbrpf32le,"
        + "zscale=p=bt709,tonemap=hable:desat=0,zscale=t=bt709,format=gbrp";
}
