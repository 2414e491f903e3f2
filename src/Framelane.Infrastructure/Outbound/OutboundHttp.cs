using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Framelane.Infrastructure.Outbound;

/// <summary>Makes the HTTP handlers through which every outbound request goes.</summary>
public static class OutboundHttp
{
    /// <summary>
    /// The request option that names whose share of name look-ups a request uses, for instance the workspace id; without it, the request
    /// shares with all others that have none.
    /// </summary>
    public static HttpRequestOptionsKey<string> Partition { get; } = new("Framelane.Outbound.Partition");

    const int MaxResponseHeadersKilobytes = 32;
    const int MaxDrainBytes = 64 * 1024;

    /// <summary>
    /// A handler whose every connection is vetted by <paramref name="connector"/>: no redirects, proxy, cookies, decompression or trace
    /// headers, since each would send a request, or something about us, where nobody has looked. The caller owns it. Send requests with
    /// <c>HttpVersion.Version11</c>.
    /// </summary>
    /// <param name="connector">The guard.</param>
    /// <param name="maxConnectionsPerServer">Connections to one scheme, host and port at once.</param>
    public static SocketsHttpHandler CreateHandler(GuardedConnector connector, int maxConnectionsPerServer = int.MaxValue) => new()
    {
        ConnectCallback = connector.ConnectAsync,
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        ActivityHeadersPropagator = null,
        MaxConnectionsPerServer = maxConnectionsPerServer,
        MaxResponseHeadersLength = MaxResponseHeadersKilobytes,
        MaxResponseDrainSize = MaxDrainBytes,
        ResponseDrainTimeout = TimeSpan.FromSeconds(1),
        // Name (2 s), dialling (5 s) and TLS together; the answer needs some of the 10 s that a receiver has.
        ConnectTimeout = TimeSpan.FromSeconds(8),
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
        // A name that has moved is resolved and vetted anew after at most this.
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = CreateChainPolicy() },
    };

    /// <summary>
    /// Judges a receiver's certificate by what is at hand. A certificate may name addresses where its issuer, or whether it was revoked, can
    /// be fetched from: whoever answers chooses them, and they would be dialled within the handshake, past the guard.
    /// </summary>
    /// <remarks>Names are checked, and server authentication is asked for, as without a policy: SslStream adds both to one that says nothing of them.</remarks>
    static X509ChainPolicy CreateChainPolicy() => new()
    {
        DisableCertificateDownloads = true,
        RevocationMode = X509RevocationMode.NoCheck,
        RevocationFlag = X509RevocationFlag.ExcludeRoot,
    };
}
