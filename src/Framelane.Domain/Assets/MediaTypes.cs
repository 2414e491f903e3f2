namespace Framelane.Domain.Assets;

/// <summary>The types of file that an asset may be, in the contract's order.</summary>
public static class MediaTypes
{
    public static IReadOnlyList<MediaType> All { get; } =
    [
        new("video/mp4", AssetKind.Video, "mp4"),
        new("video/quicktime", AssetKind.Video, "mov"),
        new("video/webm", AssetKind.Video, "webm"),
        new("video/x-msvideo", AssetKind.Video, "avi"),
        new("video/x-matroska", AssetKind.Video, "mkv"),
        new("video/mpeg", AssetKind.Video, "mpg"),
        new("audio/mpeg", AssetKind.Audio, "mp3"),
        new("audio/mp4", AssetKind.Audio, "m4a"),
        new("audio/wav", AssetKind.Audio, "wav"),
        new("audio/x-wav", AssetKind.Audio, "wav"),
        new("audio/aac", AssetKind.Audio, "aac"),
        new("audio/flac", AssetKind.Audio, "flac"),
        new("audio/ogg", AssetKind.Audio, "ogg"),
        new("image/jpeg", AssetKind.Image, "jpg"),
        new("image/png", AssetKind.Image, "png"),
        new("image/webp", AssetKind.Image, "webp"),
        new("image/gif", AssetKind.Image, "gif"),
        new("image/tiff", AssetKind.Image, "tiff"),
        new("font/ttf", AssetKind.Font, "ttf"),
        new("font/otf", AssetKind.Font, "otf"),
        new("font/woff", AssetKind.Font, "woff"),
        new("font/woff2", AssetKind.Font, "woff2"),
    ];

    /// <summary>The type that a <c>Content-Type</c> names, whatever its parameters; null where an asset may not be of it.</summary>
    public static MediaType? Find(string? contentType)
    {
        var name = contentType?.Split(';')[0].Trim();
        return All.FirstOrDefault(type => type.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
    }
}

/// <param name="Name">Such as <c>video/mp4</c>.</param>
/// <param name="Extension">The end of a file's name, without the dot.</param>
public sealed record MediaType(string Name, AssetKind Kind, string Extension);
