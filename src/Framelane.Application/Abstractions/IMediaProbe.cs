namespace Framelane.Application.Abstractions;

/// <summary>Finds out what a file of unknown origin is. The file is hostile until this has said otherwise.</summary>
public interface IMediaProbe
{
    /// <exception cref="MediaException">It is no picture, video or sound that can be read.</exception>
    Task<MediaFacts> ProbeAsync(string path, CancellationToken cancellationToken);
}

/// <summary>What a media file holds.</summary>
/// <param name="Demuxer">ffmpeg's name of the container, which later readers are held to.</param>
/// <param name="Duration">Seconds; null for a still picture, and where the file does not say.</param>
/// <param name="Picture">Null where it has sound alone.</param>
/// <param name="Sound">Null where it is silent.</param>
public sealed record MediaFacts(string Demuxer, double? Duration, PictureFacts? Picture, SoundFacts? Sound)
{
    /// <summary>
    /// What the probe knows the file by, once it was probed whole: with this beside a render's order it is not probed again. For nobody else to read; null where
    /// it was not kept.
    /// </summary>
    public string? Kept { get; init; }

    public bool IsStill => Picture is not null && Duration is null;
}

/// <param name="Width">Pixels as they are shown, after rotation and pixel aspect.</param>
/// <param name="Height">Pixels as they are shown, after rotation and pixel aspect.</param>
/// <param name="FrameRate">Frames a second, on average; 0 for a still.</param>
/// <param name="IsHdr">Its transfer is PQ or HLG.</param>
public sealed record PictureFacts(int StreamIndex, string Codec, int Width, int Height, double FrameRate, bool HasAlpha, bool IsHdr)
{
    /// <summary>How many there are, as they are kept or as they are shown, whichever are more.</summary>
    public int Pixels { get; init; }

    /// <summary>ffmpeg's name of how the decoder lays pixels out.</summary>
    public string PixelFormat { get; init; } = "yuv420p";

    /// <summary>ffmpeg's name of the matrix between YUV and RGB; null where the file does not say.</summary>
    public string? Matrix { get; init; }

    /// <summary>ffmpeg's name of the transfer; null where the file does not say.</summary>
    public string? Transfer { get; init; }

    /// <summary>Whether its file says that black is 0 and white the largest value, and not as in television.</summary>
    public bool IsFullRange { get; init; }
}

public sealed record SoundFacts(int StreamIndex, string Codec, int Channels, int SampleRate)
{
    /// <summary>Seconds from the file's beginning at which it ends, which may be before or after its picture does; null where the file does not say.</summary>
    public double? Duration { get; init; }
}
