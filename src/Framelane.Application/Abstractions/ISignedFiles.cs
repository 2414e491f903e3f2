namespace Framelane.Application.Abstractions;

/// <summary>The files that signed URLs of this API open.</summary>
public interface ISignedFiles
{
    /// <returns>Null where the link was not signed here, has expired, or leads to nothing: nobody is told which.</returns>
    Task<SignedFile?> OpenAsync(SignedLink link, CancellationToken cancellationToken);
}

/// <summary>A signed URL as it was called.</summary>
/// <param name="Key">Of storage, or what is given out as one.</param>
/// <param name="Expires">Unix seconds.</param>
/// <param name="Filename">The name to save it under; null to show it in place.</param>
public sealed record SignedLink(string Key, long Expires, string? Filename, string Signature)
{
    /// <summary>Where they are served, below the public URL.</summary>
    public const string Path = "downloads";
}

/// <param name="Content">Its bytes, to be disposed.</param>
/// <param name="Lifetime">How long the link is good for.</param>
public sealed record SignedFile(StoredObject Object, Stream Content, string? Filename, TimeSpan Lifetime);
