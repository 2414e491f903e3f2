using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Framelane.Bench.Common;

namespace Framelane.Bench.Load;

/// <summary>A Redis of the bench's own, as BullMQ asks for it: it appends what happened to a file every second, and evicts nothing.</summary>
sealed class RedisProcess : IAsyncDisposable
{
    readonly Child child;

    RedisProcess(Child child, int port) => (this.child, Port) = (child, port);

    public int Port { get; }

    public static async Task<RedisProcess> StartAsync(string folder)
    {
        int port;
        using (var listener = new TcpListener(IPAddress.Loopback, 0))
        {
            listener.Start();
            port = ((IPEndPoint)listener.LocalEndpoint).Port;
        }

        string[] settings = ["--port", port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--dir", folder, "--save", "",
            "--appendonly", "yes", "--appendfsync", "everysec", "--maxmemory-policy", "noeviction"];
        var child = Child.StartProgram("redis-server", settings, []);
        var ready = new TaskCompletionSource();
        child.Drain(line =>
        {
            if (line.Contains("Ready to accept connections", StringComparison.Ordinal))
                ready.TrySetResult();
        });
        await ready.Task.WaitAsync(TimeSpan.FromSeconds(20));
        return new(child, port);
    }

    public ValueTask DisposeAsync() => child.DisposeAsync();
}
