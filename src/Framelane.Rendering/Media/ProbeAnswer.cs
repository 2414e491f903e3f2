using System.Globalization;
using System.Text.Json;
using Framelane.Application.Abstractions;

namespace Framelane.Rendering.Media;

/// <summary>Reads what <c>ffprobe -of json -show_streams -show_format</c> says, and of a still the side data of its frame.</summary>
static class ProbeAnswer
{
    /// <param name="demuxer">The container that ffprobe was held to.</param>
    /// <param name="mostPixels">Of a picture.</param>
    /// <exception cref="MediaException">Nothing in it can be shown or heard, or it is too large.</exception>
    public static MediaFacts Parse(string demuxer, ReadOnlyMemory<byte> json, int mostPixels = SourceArguments.MostPixels)
    {
        using var answer = JsonDocument.Parse(json);
        var streams = answer.RootElement.TryGetProperty("streams", out var list) ? list.EnumerateArray().ToArray() : [];
        var picture = streams.Where(IsPicture).Cast<JsonElement?>().FirstOrDefault();
        var sound = streams.Where(stream => Text(stream, "codec_type") == "audio" && Codec(stream) is not null).Cast<JsonElement?>().FirstOrDefault();
        if (picture is null && sound is null)
            throw new MediaException(MediaErrorCodes.InvalidSource, "The source holds no picture, video or sound.");

        var isStill = Container.IsStill(demuxer);
        var format = answer.RootElement.GetProperty("format");
        return new(
            demuxer,
            picture is not null && isStill ? null : End(picture, format, demuxer),
            picture is { } video ? PictureOf(video, isStill, mostPixels, Rotation(video) is not 0 and var turned ? turned : OfFirstFrame(answer.RootElement)) : null,
            sound is { } audio ? SoundOf(audio, format, demuxer) : null);
    }

    static SoundFacts SoundOf(JsonElement stream, JsonElement format, string demuxer) =>
        new((int)Number(stream, "index"), Codec(stream)!, (int)Number(stream, "channels"), (int)Number(stream, "sample_rate"))
        {
            Duration = End(stream, format, demuxer),
        };

    // A cover of a song is a video stream too.
    static bool IsPicture(JsonElement stream) =>
        Text(stream, "codec_type") == "video"
        && !(stream.TryGetProperty("disposition", out var disposition) && Number(disposition, "attached_pic") == 1);

    static PictureFacts PictureOf(JsonElement stream, bool isStill, int mostPixels, double rotation)
    {
        var codec = Codec(stream) ?? throw new MediaException(MediaErrorCodes.CodecUnsupported, "The source's video is in a format that is not supported.");
        var (width, height) = ((int)Number(stream, "width"), (int)Number(stream, "height"));
        if (width <= 0 || height <= 0 || Text(stream, "pix_fmt") is not { } format)
            throw new MediaException(MediaErrorCodes.InvalidSource, "The source's picture cannot be read.");
        var aspect = Ratio(Text(stream, "sample_aspect_ratio"), ':');
        var shown = aspect is > 0.02 and < 50 ? Math.Max(1, (int)Math.Round(width * aspect)) : width;
        // As it is kept, and as it is shown: pixels that are twice as wide as high make half a gigabyte a whole one.
        if (Math.Max(Math.Max(width, shown), height) > SourceArguments.LongestSide || (long)Math.Max(width, shown) * height > mostPixels)
            throw TooLarge(mostPixels);
        var isTurned = Math.Abs(rotation) % 180 is > 45 and < 135;
        var transfer = Text(stream, "color_transfer");
        return new(
            (int)Number(stream, "index"), codec, isTurned ? height : shown, isTurned ? shown : height,
            isStill ? 0 : Ratio(Text(stream, "avg_frame_rate"), '/'), HasAlpha(stream, format), transfer is "smpte2084" or "arib-std-b67")
        {
            Pixels = Math.Max(width, shown) * height,
            PixelFormat = format,
            Matrix = Text(stream, "color_space"),
            Transfer = transfer,
            IsFullRange = Text(stream, "color_range") == "pc" || format.StartsWith("yuvj", StringComparison.Ordinal),
        };
    }

    /// <summary>Whether ffprobe guessed the length, by the size of the file and the rate of its first packets.</summary>
    public static bool IsEstimate(string errors) => errors.Contains("Estimating duration from bitrate", StringComparison.Ordinal);

    /// <summary>When a packet begins, by what <see cref="EndOf"/> reads; null where it does not say.</summary>
    public static double? StartOf(string packet) => double.TryParse(packet.Split(',')[0], CultureInfo.InvariantCulture, out var start) ? start : null;

    /// <summary>When a packet ends, by what <c>-of csv -show_entries packet=pts_time,duration_time</c> says of it; 0 where it does not say.</summary>
    /// <param name="frameRate">Of packets that do not say how long they last.</param>
    public static double EndOf(string packet, double? frameRate)
    {
        var fields = packet.Split(',');
        if (StartOf(packet) is not { } start)
            return 0;
        return double.TryParse(fields.ElementAtOrDefault(1), CultureInfo.InvariantCulture, out var length) ? start + length : start + (frameRate > 0 ? 1 / frameRate.Value : 0);
    }

    /// <param name="mostPixels">How many there may be.</param>
    public static MediaException TooLarge(int mostPixels) => new(MediaErrorCodes.SourceTooLarge, string.Create(
        CultureInfo.InvariantCulture,
        $"The source's picture is larger than {SourceArguments.LongestSide} pixels on a side or {mostPixels / 1e6:0.#} megapixels."));

    // VP8 and VP9 carry alpha as a stream beside the picture, which only the container tells of.
    static bool HasAlpha(JsonElement stream, string format) =>
        format is "pal8" or "ya8" or "ya16be" or "ya16le" || format.StartsWith("yuva", StringComparison.Ordinal)
        || format.StartsWith("gbrap", StringComparison.Ordinal) || format.StartsWith("rgba", StringComparison.Ordinal)
        || format is "bgra" or "argb" or "abgr" || Tag(stream, "alpha_mode") == "1";

    static double OfFirstFrame(JsonElement answer) =>
        answer.TryGetProperty("frames", out var frames) && frames.GetArrayLength() > 0 ? Rotation(frames[0]) : 0;

    /// <summary>In degrees, of a stream or a frame. What is mirrored too is as high and wide as what is only turned.</summary>
    static double Rotation(JsonElement part) =>
        part.TryGetProperty("side_data_list", out var list)
            ? list.EnumerateArray().Select(data => Number(data, "rotation")).FirstOrDefault(rotation => rotation != 0)
            : 0;

    /// <summary>Seconds at which a stream ends, or where it does not say its file, from where ffmpeg begins to count: at the file's beginning, but in a broadcast
    /// at the first stream that is read.</summary>
    static double? End(JsonElement? stream, JsonElement format, string demuxer)
    {
        var start = Math.Max(0, Number(demuxer is "mpegts" or "mpeg" or "ogg" && stream is { } read ? read : format, "start_time"));
        // A length is counted from where the stream begins. Matroska tells by a tag, and of its file, when it ends.
        if (stream is { } one && Number(one, "duration") is > 0 and var seconds)
            return Math.Max(0, Number(one, "start_time") - start) + seconds;
        if (stream is { } tagged && Tagged(tagged) > start)
            return Tagged(tagged) - start;
        return (Number(format, "duration") is > 0 and var all ? all : Tagged(format)) is { } length && (demuxer is "matroska" ? length - start : length) is > 0 and var rest
            ? rest
            : null;
    }

    /// <remarks>Hours:minutes:seconds with nine digits of a fraction, of which a TimeSpan takes seven.</remarks>
    static double? Tagged(JsonElement part)
    {
        var tag = Tag(part, "duration");
        return TimeSpan.TryParse(tag?[..Math.Min(tag.Length, 16)], CultureInfo.InvariantCulture, out var time) && time > TimeSpan.Zero ? time.TotalSeconds : null;
    }

    static string? Codec(JsonElement stream) => Text(stream, "codec_name") is { } name and not ("unknown" or "none") ? name : null;

    static string? Tag(JsonElement element, string name) =>
        element.TryGetProperty("tags", out var tags)
            ? tags.EnumerateObject().Where(tag => tag.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(tag => tag.Value.GetString()).FirstOrDefault()
            : null;

    static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { } text and not "unknown" ? text : null;

    static double Number(JsonElement element, string name) =>
        !element.TryGetProperty(name, out var value) ? 0
        : value.ValueKind == JsonValueKind.Number ? value.GetDouble()
        : double.TryParse(value.GetString(), CultureInfo.InvariantCulture, out var number) ? number : 0;

    static double Ratio(string? text, char separator) =>
        text?.Split(separator) is [var above, var below]
        && double.TryParse(above, CultureInfo.InvariantCulture, out var numerator)
        && double.TryParse(below, CultureInfo.InvariantCulture, out var denominator) && denominator > 0
            ? numerator / denominator
            : 0;
}
