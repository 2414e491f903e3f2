using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Framelane.Infrastructure.Outbound;
using Microsoft.Extensions.Options;

namespace Framelane.Infrastructure.Tests.Outbound;

/// <summary>
/// The guard as the product composes it, with a name server of the test's and a dial that only ever reaches loopback, so that a broken
/// guard shows as a recorded dial, not as a connection to a stranger.
/// </summary>
internal sealed class Guard : IDisposable
{
    static readonly string NoHostsFile = Path.Combine(Path.GetTempPath(), "framelane-tests-no-hosts");

    readonly ConcurrentQueue<IPEndPoint> dialled = new();

    public Guard(bool allowHttp = true, string[]? allowed = null, TimeSpan? resolveTimeout = null, TimeProvider? time = null)
    {
        var clock = time ?? TimeProvider.System;
        var options = Options.Create(Configure(allowHttp, allowed ?? []));
        var policy = new AddressPolicy(options);

        Resolver = new DnsNameResolver(clock, new NameResolverSettings
        {
            NameServers = [NameServer.EndPoint],
            HostsFilePath = NoHostsFile,
            Timeout = resolveTimeout ?? TimeSpan.FromSeconds(2),
        });
        Connector = new GuardedConnector(Resolver, policy, options, clock, DialAsync);
        UrlPolicy = new WebhookUrlPolicy(Resolver, policy, options, clock);
    }

    public TestNameServer NameServer { get; } = new();

    public DnsNameResolver Resolver { get; }

    public GuardedConnector Connector { get; }

    public WebhookUrlPolicy UrlPolicy { get; }

    /// <summary>What happens before an address is dialled.</summary>
    public Func<CancellationToken, Task> OnDial { get; set; } = _ => Task.CompletedTask;

    /// <summary>What the guard let through to the socket.</summary>
    public IReadOnlyList<IPEndPoint> Dialled => [.. dialled];

    public HttpClient CreateClient(Action<SocketsHttpHandler>? configure = null)
    {
        var handler = OutboundHttp.CreateHandler(Connector, maxConnectionsPerServer: 8);
        // Without the guard the tables of hosts would really be dialled.
        if (handler.ConnectCallback is null)
            throw new InvalidOperationException("The handler has no guard.");

        configure?.Invoke(handler);
        return new HttpClient(handler);
    }

    public ValueTask<Stream> ConnectAsync(string host, int port = 443, CancellationToken cancellationToken = default) =>
        Connector.ConnectAsync(new DnsEndPoint(host, port), "ws_test", cancellationToken);

    public void Dispose() => NameServer.Dispose();

    async ValueTask<Stream> DialAsync(IPEndPoint endPoint, CancellationToken cancellationToken)
    {
        dialled.Enqueue(endPoint);
        await OnDial(cancellationToken);
        if (!IPAddress.IsLoopback(endPoint.Address))
            return new MemoryStream();

        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(endPoint, cancellationToken);
        return new NetworkStream(socket, ownsSocket: true);
    }

    static OutboundOptions Configure(bool allowHttp, IEnumerable<string> allowed)
    {
        var options = new OutboundOptions { AllowHttp = allowHttp };
        foreach (var network in allowed)
            options.AllowedNetworks.Add(network);
        return options;
    }
}
