using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Framelane.Infrastructure.Tests.Media;

/// <summary>A hostile web server on loopback: each connection gets whatever the test writes.</summary>
sealed class SourceServer : IDisposable
{
    readonly TcpListener listener = new(IPAddress.Loopback, 0);

    readonly Func<string, Stream, Task> answer;

    readonly ConcurrentQueue<string> heads = new();

    readonly ConcurrentQueue<Socket> sockets = new();

    /// <param name="answer">Given the path that was asked for.</param>
    public SourceServer(Func<string, Stream, Task> answer)
    {
        this.answer = answer;
        listener.Start();
        _ = AcceptAsync();
    }

    public SourceServer(string head, byte[]? body = null)
        : this(async (_, stream) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {head}\r\nConnection: close\r\n\r\n"));
            await stream.WriteAsync(body ?? []);
        })
    {
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>The heads of the requests so far.</summary>
    public IReadOnlyList<string> Heads => [.. heads];

    public string Url(string path = "/clip.mp4", string host = "127.0.0.1") => $"http://{host}:{Port}{path}";

    public static Task SayAsync(Stream stream, string text) => stream.WriteAsync(Encoding.ASCII.GetBytes(text)).AsTask();

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
                _ = ServeAsync(await listener.AcceptSocketAsync());
        }
        catch (Exception e) when (e is ObjectDisposedException or SocketException)
        {
            // The test is over.
        }
    }

    async Task ServeAsync(Socket socket)
    {
        sockets.Enqueue(socket);
        try
        {
            await using var stream = new NetworkStream(socket, ownsSocket: true);
            using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
            var head = new StringBuilder();
            while (await reader.ReadLineAsync() is { Length: > 0 } line)
                head.Append(line).Append('\n');
            heads.Enqueue(head.ToString());
            await answer(head.ToString().Split(' ')[1], stream);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The client went away.
        }
    }
}
