namespace Framelane.Rendering.Media;

/// <summary>Tells a file's container by its first bytes. ffmpeg is then held to that demuxer, whatever the file is named: playlists, concat
/// lists, image patterns and drawings are none of these.</summary>
static class Container
{
    public const int HeadLength = 1024;

    /// <returns>ffmpeg's name of the demuxer; null for what is not accepted.</returns>
    public static string? DemuxerOf(ReadOnlySpan<byte> head) => head switch
    {
        [0x1a, 0x45, 0xdf, 0xa3, ..] => "matroska",
        [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => "png_pipe",
        [0xff, 0xd8, 0xff, ..] => "jpeg_pipe",
        [(byte)'I', (byte)'I', 42, 0, ..] or [(byte)'M', (byte)'M', 0, 42, ..] => "tiff_pipe",
        [0, 0, 1, 0xba, ..] => "mpeg",
        _ when head.StartsWith("GIF8"u8) => "gif",
        _ when head.StartsWith("fLaC"u8) => "flac",
        _ when head.StartsWith("OggS"u8) => "ogg",
        _ when head.StartsWith("ID3"u8) => "mp3",
        _ when head.Length >= 12 && head.StartsWith("RIFF"u8) => Riff(head.Slice(8, 4)),
        _ when head.Length >= 8 && IsQuickTime(head.Slice(4, 4)) => "mov",
        _ when head.Length > 376 && (head[0], head[188], head[376]) == (0x47, 0x47, 0x47) => "mpegts",
        // A frame's sync word; the layer's bits tell ADTS from MPEG audio.
        [0xff, var second, ..] when (second & 0xf6) == 0xf0 => "aac",
        [0xff, var second, ..] when (second & 0xe0) == 0xe0 && (second & 0x06) != 0 => "mp3",
        _ => null,
    };

    public static bool IsStill(string demuxer) => demuxer is "gif" || demuxer.EndsWith("_pipe", StringComparison.Ordinal);

    /// <summary>Whether a seek ends at a key frame at or before the time asked for.</summary>
    public static bool SeeksToKeyFrames(string demuxer) => demuxer is "mov" or "matroska";

    static string? Riff(ReadOnlySpan<byte> form) =>
        form.SequenceEqual("WAVE"u8) ? "wav" : form.SequenceEqual("AVI "u8) ? "avi" : form.SequenceEqual("WEBP"u8) ? "webp_pipe" : null;

    static bool IsQuickTime(ReadOnlySpan<byte> box) =>
        box.SequenceEqual("ftyp"u8) || box.SequenceEqual("moov"u8) || box.SequenceEqual("mdat"u8) || box.SequenceEqual("wide"u8)
        || box.SequenceEqual("free"u8) || box.SequenceEqual("skip"u8);
}
