namespace Framelane.Application.Abstractions;

/// <summary>A source, or the work on it, failed in a way that the job tells its owner.</summary>
/// <param name="code">One of <see cref="MediaErrorCodes"/>.</param>
/// <param name="message">A sentence for the job's owner: names the element or the source, never a path or an argument of a program.</param>
public sealed class MediaException(string code, string message, Exception? inner = null) : Exception(message, inner)
{
    public string Code => code;

    /// <summary>Where the scene names what it was, such as <c>elements[0].source_url</c>; null where it is no one thing of it.</summary>
    public string? Place { get; init; }

    /// <summary>The same failure, said of one place of the scene.</summary>
    public static MediaException At(string place, MediaException failure) => new(failure.Code, $"{place}: {failure.Message}", failure) { Place = place };
}

/// <summary>The codes of a failed job (contract/api.md, "Errors").</summary>
public static class MediaErrorCodes
{
    public const string SourceNotFound = "source_not_found";
    public const string InvalidSource = "invalid_source";
    public const string CodecUnsupported = "codec_unsupported";
    public const string SourceTooLarge = "source_too_large";
    public const string SourceNotAllowed = "source_not_allowed";
    public const string RenderTimeout = "render_timeout";
    public const string InternalError = "internal_error";
}
