using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Framelane.Infrastructure.Tests.Outbound;

/// <summary>
/// An HTTP server on 127.0.0.1 that answers every request with the same bytes and counts connections: a receiver where one may be
/// reached, a canary where none may.
/// </summary>
internal sealed class LoopbackServer : IDisposable
{
    public const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    readonly string? response;
    readonly SslStreamCertificateContext? certificate;
    readonly ConcurrentQueue<string> heads = new();
    readonly ConcurrentQueue<Socket> sockets = new();
    int connections;

    /// <param name="response">What every request is answered with; empty closes the connection, null never answers.</param>
    /// <param name="certificate">With it, the server speaks TLS.</param>
    /// <param name="intermediates">What it sends along with its certificate.</param>
    public LoopbackServer(string? response = Ok, X509Certificate2? certificate = null, params X509Certificate2[] intermediates)
    {
        this.response = response;
        // Offline, for it would look for an issuer that it was not given at the address that its certificate names.
        if (certificate is not null)
            this.certificate = SslStreamCertificateContext.Create(certificate, [.. intermediates], offline: true);
        listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public int Connections => Volatile.Read(ref connections);

    /// <summary>The heads of the requests so far.</summary>
    public IReadOnlyList<string> Heads => [.. heads];

    /// <summary>The name that the last TLS client asked for.</summary>
    public string? ServerName { get; private set; }

    public void Dispose()
    {
        listener.Dispose();
        foreach (var socket in sockets)
            socket.Dispose();
    }

    async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var socket = await listener.AcceptSocketAsync();
                Interlocked.Increment(ref connections);
                sockets.Enqueue(socket);
                _ = ServeAsync(socket);
            }
        }
        catch (Exception e) when (e is ObjectDisposedException or SocketException)
        {
            // The test is over.
        }
    }

    async Task ServeAsync(Socket socket)
    {
        try
        {
            await using var stream = await OpenAsync(socket);
            while (await ReadHeadAsync(stream) is { } head)
            {
                heads.Enqueue(head);
                if (response is null)
                    continue;
                if (response.Length == 0)
                    return;
                await stream.WriteAsync(Encoding.ASCII.GetBytes(response));
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or AuthenticationException)
        {
            // The client went away.
        }
    }

    async Task<Stream> OpenAsync(Socket socket)
    {
        var plain = new NetworkStream(socket, ownsSocket: true);
        if (certificate is null)
            return plain;

        var secure = new SslStream(plain);
        await secure.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificateContext = certificate });
        ServerName = secure.TargetHostName;
        return secure;
    }

    static async Task<string?> ReadHeadAsync(Stream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (await stream.ReadAsync(one) == 1)
        {
            head.Append((char)one[0]);
            if (one[0] == '\n' && head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
                return head.ToString();
        }

        return null;
    }
}
