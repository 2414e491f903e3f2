using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Framelane.Infrastructure.Tests.Dispatch;

/// <summary>A receiver on a socket of 127.0.0.1. It counts every byte that reaches it, keeps each request, and behaves as the test says.</summary>
sealed class Receiver : IDisposable
{
    public const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    readonly X509Certificate2? certificate;
    readonly ConcurrentQueue<Connection> connections = new();
    readonly ConcurrentQueue<Received> requests = new();
    int running;
    int most;

    public Receiver(X509Certificate2? certificate = null)
    {
        this.certificate = certificate;
        listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public string Url => $"http://127.0.0.1:{Port}/hook";

    /// <summary>What it does with a request; closing the stream closes the connection.</summary>
    public Func<Received, Stream, Task> OnRequest { get; set; } = (_, stream) => AnswerAsync(stream, Ok);

    /// <summary>What it does with a new connection before it reads.</summary>
    public Func<Socket, Task> OnConnect { get; set; } = _ => Task.CompletedTask;

    /// <summary>The requests that have arrived whole, in order.</summary>
    public IReadOnlyList<Received> Requests => [.. requests];

    /// <summary>For each connection, how many bytes of plain text came over it.</summary>
    public IReadOnlyList<long> Bytes => [.. connections.Select(connection => connection.Bytes)];

    /// <summary>Requests that it has and has not yet dealt with.</summary>
    public int Running => Volatile.Read(ref running);

    /// <summary>The most that ran at once.</summary>
    public int Most => Volatile.Read(ref most);

    public static Task AnswerAsync(Stream stream, string answer) => stream.WriteAsync(Encoding.UTF8.GetBytes(answer)).AsTask();

    /// <summary>Answers all requests with that.</summary>
    public Receiver Answers(string answer)
    {
        OnRequest = (_, stream) => AnswerAsync(stream, answer);
        return this;
    }

    /// <summary>Answers the first requests with these statuses, one after the other, and the rest with the last.</summary>
    public Receiver Answers(params int[] statuses)
    {
        var next = -1;
        OnRequest = (_, stream) =>
            AnswerAsync(stream, $"HTTP/1.1 {statuses[Math.Min(Interlocked.Increment(ref next), statuses.Length - 1)]} X\r\nContent-Length: 0\r\n\r\n");
        return this;
    }

    /// <summary>Lets requests wait, each until there is a turn for it.</summary>
    public Receiver WaitsFor(SemaphoreSlim turns)
    {
        OnRequest = async (_, stream) =>
        {
            await turns.WaitAsync();
            await AnswerAsync(stream, Ok);
        };
        return this;
    }

    public void Dispose()
    {
        listener.Dispose();
        foreach (var connection in connections)
            connection.Socket.Dispose();
    }

    async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var connection = new Connection(await listener.AcceptSocketAsync());
                connections.Enqueue(connection);
                _ = ServeAsync(connection);
            }
        }
        catch (Exception over) when (over is ObjectDisposedException or SocketException)
        {
            // The test is over.
        }
    }

    async Task ServeAsync(Connection connection)
    {
        try
        {
            await OnConnect(connection.Socket);
            await using var stream = await OpenAsync(connection.Socket);
            while (await ReadAsync(connection, stream) is { } request)
            {
                var now = Interlocked.Increment(ref running);
                for (var seen = most; now > seen; seen = most)
                    Interlocked.CompareExchange(ref most, now, seen);
                requests.Enqueue(request);
                try
                {
                    await OnRequest(request, stream);
                }
                finally
                {
                    Interlocked.Decrement(ref running);
                }
            }
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException or AuthenticationException or SocketException)
        {
            // One of the two closed the connection.
        }
    }

    async Task<Stream> OpenAsync(Socket socket)
    {
        var plain = new NetworkStream(socket, ownsSocket: true);
        if (certificate is null)
            return plain;
        var secure = new SslStream(plain);
        await secure.AuthenticateAsServerAsync(certificate);
        return secure;
    }

    static async Task<Received?> ReadAsync(Connection connection, Stream stream)
    {
        var bytes = new List<byte>();
        var buffer = new byte[65536];
        int read;
        while ((read = await stream.ReadAsync(buffer)) > 0)
        {
            connection.Count(read);
            bytes.AddRange(buffer.AsSpan(0, read));
            if (Received.TryParse([.. bytes]) is { } request)
                return request;
        }

        return null;
    }

    sealed class Connection(Socket socket)
    {
        long bytes;

        public Socket Socket => socket;

        public long Bytes => Volatile.Read(ref bytes);

        public void Count(int more) => Interlocked.Add(ref bytes, more);
    }
}

/// <summary>A request as it came over the wire.</summary>
sealed record Received(string RequestLine, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string this[string header] => Headers[header];

    public string EventId => this["webhook-id"];

    public string Text => Encoding.UTF8.GetString(Body);

    /// <summary>The one request that these bytes are, or null where it is not yet whole.</summary>
    public static Received? TryParse(byte[] bytes)
    {
        var end = bytes.AsSpan().IndexOf("\r\n\r\n"u8);
        if (end < 0)
            return null;
        var lines = Encoding.ASCII.GetString(bytes, 0, end).Split("\r\n");
        var headers = lines[1..]
            .Select(line => line.Split(": ", 2))
            .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase);
        var body = bytes[(end + 4)..];
        return body.Length < int.Parse(headers["Content-Length"]) ? null : new(lines[0], headers, body);
    }
}
