using Framelane.Domain.Uploads;

namespace Framelane.Application.Abstractions;

/// <summary>The addresses that take an upload's bytes from anyone until they expire.</summary>
public interface IUploadLinks
{
    Uri Sign(UploadId uploadId, DateTimeOffset expires);

    /// <summary>Whether it was signed here for just this, and has not expired.</summary>
    bool Accepts(UploadLink link);
}

/// <summary>Such an address as it was called.</summary>
/// <param name="Expires">Unix seconds.</param>
public sealed record UploadLink(string UploadId, long Expires, string Signature)
{
    /// <summary>Where they are served, below the public URL.</summary>
    public const string Path = "uploads";
}
