namespace Framelane.Application.Abstractions;

/// <summary>Where files are kept: sources, and what jobs made. What is there under a key is whole.</summary>
/// <remarks>A key is a path of <c>a-z A-Z 0-9 . _ -</c> and slashes, such as <c>ws_…/ast_….mp4</c>.</remarks>
public interface IObjectStorage
{
    /// <summary>Puts a file there, whole or not at all, in place of what was there. It is streamed.</summary>
    /// <param name="path">A file of this machine; it is left as it is.</param>
    /// <param name="contentType">What it is served as.</param>
    Task PutAsync(string key, string path, string contentType, CancellationToken cancellationToken);

    /// <summary>What is known of it; null where there is nothing under the key.</summary>
    Task<StoredObject?> FindAsync(string key, CancellationToken cancellationToken);

    /// <summary>Its bytes.</summary>
    /// <exception cref="FileNotFoundException">There is nothing under the key.</exception>
    Task<Stream> OpenReadAsync(string key, CancellationToken cancellationToken);

    /// <summary>Puts a copy of a file under another key, whole or not at all, in place of what was there.</summary>
    /// <returns>Whether there was one to copy.</returns>
    Task<bool> CopyAsync(string key, string target, CancellationToken cancellationToken);

    /// <summary>Removes it; nothing happens where there is nothing.</summary>
    Task DeleteAsync(string key, CancellationToken cancellationToken);

    /// <summary>Removes all that there is under keys of a folder; nothing happens where there is nothing.</summary>
    /// <param name="name">The first part of the keys, such as <c>ws_…</c>, without a slash.</param>
    Task DeleteFolderAsync(string name, CancellationToken cancellationToken);

    /// <summary>Tries whether files can be read and, where that is cheap, written.</summary>
    /// <exception cref="Exception">They cannot.</exception>
    Task CheckAsync(CancellationToken cancellationToken);

    /// <summary>An address from which anyone can download it until it expires.</summary>
    /// <param name="filename">The name that it is saved under; null where it is shown in place.</param>
    /// <exception cref="ArgumentException">It is no key: so with every method.</exception>
    Uri SignUrl(string key, TimeSpan lifetime, string? filename);
}

/// <param name="Size">Bytes.</param>
/// <param name="Version">Differs when the bytes do; without quotes.</param>
public sealed record StoredObject(string Key, long Size, string ContentType, string Version);
