using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Framelane.Application.Abstractions;
using Framelane.Domain.Uploads;
using Framelane.Infrastructure.Secrets;

namespace Framelane.Infrastructure.Storage;

/// <summary>Addresses that open one file, or take one, until they expire, under a key that every process with the same master key has.</summary>
sealed class SignedUrls(MasterKey master, IPublicUrls address, TimeProvider time) : IUploadLinks
{
    const string Purpose = "signed-urls";

    readonly Lazy<byte[]> key = new(() => master.Derive(Purpose), LazyThreadSafetyMode.PublicationOnly);

    public Uri Sign(string objectKey, TimeSpan lifetime, string? filename)
    {
        var expires = (time.GetUtcNow() + lifetime).ToUnixTimeSeconds();
        var query = $"expires={expires.ToString(CultureInfo.InvariantCulture)}&signature={SignatureOf(objectKey, expires, filename)}";
        if (filename is not null)
            query += $"&filename={Uri.EscapeDataString(filename)}";
        return address.Of($"{SignedLink.Path}/{objectKey}?{query}");
    }

    public Uri Sign(UploadId uploadId, DateTimeOffset expires)
    {
        var seconds = expires.ToUnixTimeSeconds();
        return address.Of(string.Create(
            CultureInfo.InvariantCulture, $"{UploadLink.Path}/{uploadId}?expires={seconds}&signature={SignatureOf(uploadId.Value, seconds)}"));
    }

    /// <summary>Whether it was signed here for just this, and has not expired.</summary>
    public bool Accepts(SignedLink link) => Accepts(SignatureOf(link.Key, link.Expires, link.Filename), link.Signature, link.Expires);

    public bool Accepts(UploadLink link) => Accepts(SignatureOf(link.UploadId, link.Expires), link.Signature, link.Expires);

    bool Accepts(string right, string shown, long expires) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(right), Encoding.UTF8.GetBytes(shown))
        && time.GetUtcNow().ToUnixTimeSeconds() < expires;

    // Neither a key nor a number has a line break, so no two sets of parts give the same text, and one for reading none that writes.
    string SignatureOf(string objectKey, long expires, string? filename) =>
        SignatureOf(string.Create(CultureInfo.InvariantCulture, $"{objectKey}\n{expires}\n{(filename is null ? "inline" : $"as {filename}")}"));

    string SignatureOf(string uploadId, long expires) => SignatureOf(string.Create(CultureInfo.InvariantCulture, $"{uploadId}\n{expires}\nupload"));

    string SignatureOf(string text) => Base64Url.EncodeToString(HMACSHA256.HashData(key.Value, Encoding.UTF8.GetBytes(text)));
}
