namespace Framelane.Application.Abstractions;

/// <summary>Fetches what a client's URL leads to. The URL, and whoever answers there, are hostile.</summary>
public interface ISourceFetcher
{
    /// <summary>Streams it into a new file of the folder; no file is left there where it fails.</summary>
    /// <param name="partition">Whose share of name look-ups it uses: the workspace's id.</param>
    /// <param name="room">Bytes that the workspace's plan has left for it; null where it sets no limit.</param>
    /// <exception cref="MediaException">
    /// <c>source_not_found</c>, <c>source_not_allowed</c>, <c>source_too_large</c> or <c>invalid_source</c>; the message tells nothing of
    /// addresses, and nothing of what a target that may not be reached answers.
    /// </exception>
    Task<FetchedSource> FetchAsync(string url, string folder, string partition, long? room, CancellationToken cancellationToken);
}

/// <param name="Path">The file; its name says nothing.</param>
/// <param name="Size">Bytes.</param>
/// <param name="ContentType">What the server says it is, without parameters, which may be a lie; null where it says nothing.</param>
public sealed record FetchedSource(string Path, long Size, string? ContentType);
