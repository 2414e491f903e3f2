using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Framelane.Application.Abstractions;
using Framelane.Infrastructure.Secrets;

namespace Framelane.Infrastructure.Storage;

/// <summary>Addresses that open one file until they expire, under a key that every process with the same master key has.</summary>
sealed class SignedUrls(MasterKey master, IPublicUrls address, TimeProvider time)
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

    /// <summary>Whether it was signed here for just this, and has not expired.</summary>
    public bool Accepts(SignedLink link) =>
        CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(SignatureOf(link.Key, link.Expires, link.Filename)), Encoding.UTF8.GetBytes(link.Signature))
        && time.GetUtcNow().ToUnixTimeSeconds() < link.Expires;

    // Neither a key nor a number has a line break, so no two sets of parts give the same text.
    string SignatureOf(string objectKey, long expires, string? filename) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(
            key.Value,
            Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{objectKey}\n{expires}\n{(filename is null ? "inline" : $"as {filename}")}"))));
}
