using Framelane.Application.Abstractions;
using Framelane.Domain.Assets;

namespace Framelane.Infrastructure.Assets;

/// <summary>Finds out what a file is from the file alone: neither a server's word nor a name counts.</summary>
sealed class AssetInspector(IMediaProbe media, IFontProbe fonts)
{
    /// <summary>The first bytes, in which containers that share a demuxer differ.</summary>
    const int HeadLength = 64;

    /// <param name="declared">What its owner said that it is; null where nobody did.</param>
    /// <exception cref="MediaException">It is nothing that can be used, or of another kind than was said.</exception>
    public async Task<AssetFindings> InspectAsync(string path, MediaType? declared, CancellationToken cancellationToken)
    {
        var found = await fonts.ProbeAsync(path, cancellationToken) is { } font
            ? new AssetFindings(font.Type, new(AssetKind.Font, Width: null, Height: null, Duration: null) { Fonts = font.Faces })
            : Of(await media.ProbeAsync(path, cancellationToken), await HeadAsync(path, cancellationToken));
        return declared is null || declared.Kind == found.Metadata.Kind
            ? found
            : throw new MediaException(MediaErrorCodes.InvalidSource, $"The file is {Named(found.Metadata.Kind)}, not {Named(declared.Kind)}.");
    }

    static AssetFindings Of(MediaFacts facts, byte[] head)
    {
        var type = MediaTypes.Find(TypeOf(facts, head)) ?? throw new MediaException(MediaErrorCodes.InvalidSource, "The file is of no type that is supported.");
        var kind = type.Kind == AssetKind.Image ? AssetKind.Image : facts.Picture is null ? AssetKind.Audio : AssetKind.Video;
        var metadata = new AssetMetadata(kind, facts.Picture?.Width, facts.Picture?.Height, kind == AssetKind.Image ? null : facts.Duration)
        {
            SoundDuration = facts.Sound?.Duration,
            Probed = facts.Kept,
        };
        return new(type, metadata);
    }

    static string? TypeOf(MediaFacts facts, ReadOnlySpan<byte> head) => facts.Demuxer switch
    {
        "matroska" => head.IndexOf("webm"u8) >= 0 ? "video/webm" : "video/x-matroska",
        "mov" when facts.Picture is null => "audio/mp4",
        "mov" => head[4..].StartsWith("ftyp"u8) && !head[8..].StartsWith("qt  "u8) ? "video/mp4" : "video/quicktime",
        "avi" => "video/x-msvideo",
        "mpeg" or "mpegts" => "video/mpeg",
        "mp3" => "audio/mpeg",
        "aac" => "audio/aac",
        "flac" => "audio/flac",
        "ogg" => "audio/ogg",
        "wav" => "audio/wav",
        "gif" => "image/gif",
        "jpeg_pipe" => "image/jpeg",
        "png_pipe" => "image/png",
        "tiff_pipe" => "image/tiff",
        "webp_pipe" => "image/webp",
        _ => null,
    };

    static async Task<byte[]> HeadAsync(string path, CancellationToken cancellationToken)
    {
        var head = new byte[HeadLength];
        await using var file = File.OpenRead(path);
        await file.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken);
        return head;
    }

    static string Named(AssetKind kind) => kind switch
    {
        AssetKind.Video => "a video",
        AssetKind.Audio => "sound",
        AssetKind.Image => "an image",
        _ => "a font",
    };
}
