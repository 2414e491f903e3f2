using System.Net;
using Framelane.Infrastructure.Configuration;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols;

namespace Framelane.Infrastructure.Sessions;

/// <summary>Fetches what the identity provider publishes of itself.</summary>
/// <remarks>
/// An operator names the provider, and it may well be in their own network, so its address is not judged as a customer's is. What it
/// names in turn is held to the same: https, or http on this machine for a provider that is there itself.
/// </remarks>
sealed class ProviderDocuments(IOptions<OidcOptions> options) : IDocumentRetriever, IDisposable
{
    /// <summary>Of a document. Key sets have a few KiB.</summary>
    public const int MaxBytes = 256 * 1024;

    /// <summary>For a document, from the name's look-up to the last byte.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    readonly HttpClient http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        ActivityHeadersPropagator = null,
        MaxResponseHeadersLength = 32,
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
    })
    {
        MaxResponseContentBufferSize = MaxBytes,
        Timeout = Patience,
    };

    public Task<string> GetDocumentAsync(string address, CancellationToken cancel) =>
        Uri.TryCreate(address, UriKind.Absolute, out var url) && IsAllowed(url)
            ? http.GetStringAsync(url, cancel)
            : throw new HttpRequestException("The identity provider names an address that is not https.");

    public void Dispose() => http.Dispose();

    bool IsAllowed(Uri url) => url.Scheme == Uri.UriSchemeHttps || (HttpAddress.IsUnheard(url) && new Uri(options.Value.Issuer!).Scheme == Uri.UriSchemeHttp);
}
