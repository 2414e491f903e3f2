namespace Framelane.Domain.Assets;

public enum AssetKind
{
    Video,
    Audio,
    Image,
    Font,
}

/// <summary>How an asset came to be.</summary>
public enum AssetOrigin
{
    /// <summary>Its bytes are sent by the client.</summary>
    Upload,

    /// <summary>The client asked for it to be fetched.</summary>
    Import,

    /// <summary>A job that ingests its external sources named it.</summary>
    Ingest,
}

/// <summary>How far an asset is. The last three are settled: whoever waits for it need wait no longer.</summary>
public enum AssetStatus
{
    /// <summary>Its upload has not been completed.</summary>
    Awaited,

    /// <summary>A worker fetches it from where it lies, or is about to.</summary>
    Fetching,

    /// <summary>Its bytes lie in storage; what they are is to be found out.</summary>
    Received,

    Ready,

    /// <summary>It could not be fetched, is not what it was said to be, or never came.</summary>
    Failed,

    /// <summary>Nobody sees it any more; its bytes go.</summary>
    Deleted,
}

/// <summary>What was found in a file.</summary>
/// <param name="Width">Pixels; null where it shows nothing.</param>
/// <param name="Height">Pixels; null where it shows nothing.</param>
/// <param name="Duration">Seconds; null for a still picture and a font.</param>
public sealed record AssetMetadata(AssetKind Kind, int? Width, int? Height, double? Duration)
{
    /// <summary>Second at which its sound ends, which may be before or after its picture does; null where it has none, or nobody looked.</summary>
    public double? SoundDuration { get; init; }

    /// <summary>What the renderer keeps of what it found out, for itself; null where it kept nothing. It may say nothing to a later build.</summary>
    public string? Probed { get; init; }

    /// <summary>Of a font, its faces: more than one where it is a collection; else null.</summary>
    public IReadOnlyList<AssetFont>? Fonts { get; init; }
}

/// <summary>A face of a font file.</summary>
/// <param name="Family">What texts name it by.</param>
/// <param name="LightestWeight">1 to 1000, with <paramref name="HeaviestWeight"/>: the ends of a variable font's axis, or twice the one weight.</param>
/// <param name="Width">1 to 9; 5 is normal.</param>
public sealed record AssetFont(string Family, int LightestWeight, int HeaviestWeight, int Width, bool IsItalic)
{
    /// <summary>Characters; no text can name a longer one.</summary>
    public const int MaxFamilyLength = 200;
}

/// <summary>Why an asset failed.</summary>
/// <param name="Code">One of contract/api.md's codes of a failed job.</param>
/// <param name="Message">A sentence for its owner: no path, no argument of a program.</param>
public sealed record AssetError(string Code, string Message);
