using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace Framelane.Infrastructure.Outbound;

/// <summary>
/// Opens the connections of outbound requests: resolves the name once, refuses it if any answer is forbidden, and dials only addresses
/// that it has judged. The handler does TLS above it, with the name of the url. Safe for concurrent use.
/// </summary>
public sealed class GuardedConnector
{
    static readonly TimeSpan DialTimeout = TimeSpan.FromSeconds(5);

    readonly INameResolver resolver;
    readonly AddressPolicy policy;
    readonly bool allowHttp;
    readonly TimeProvider time;
    readonly AddressRace race;

    public GuardedConnector(INameResolver resolver, AddressPolicy policy, IOptions<OutboundOptions> options, TimeProvider time)
        : this(resolver, policy, options, time, DialAsync)
    {
    }

    internal GuardedConnector(
        INameResolver resolver, AddressPolicy policy, IOptions<OutboundOptions> options, TimeProvider time, Dial dial)
    {
        this.resolver = resolver;
        this.policy = policy;
        allowHttp = options.Value.AllowHttp;
        this.time = time;
        race = new AddressRace(dial, time);
    }

    /// <summary>For <see cref="SocketsHttpHandler.ConnectCallback"/>.</summary>
    /// <exception cref="ForbiddenTargetException">The target may not be reached; nothing was dialled.</exception>
    /// <exception cref="NameResolutionException">The name could not be resolved.</exception>
    /// <exception cref="TimeoutException">No address could be connected to within 5 s.</exception>
    /// <exception cref="SocketException">No address could be connected to.</exception>
    public ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var request = context.InitialRequestMessage;
        if (request.RequestUri?.Scheme != Uri.UriSchemeHttps && !allowHttp)
            throw new ForbiddenTargetException();

        var partition = request.Options.TryGetValue(OutboundHttp.Partition, out var value) ? value : string.Empty;
        return ConnectAsync(context.DnsEndPoint, partition, cancellationToken);
    }

    internal async ValueTask<Stream> ConnectAsync(DnsEndPoint target, string partition, CancellationToken cancellationToken)
    {
        var addresses = await VetAsync(target.Host, partition, cancellationToken);

        using var timeout = new CancellationTokenSource(DialTimeout, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            return await race.RunAsync(addresses, target.Port, stop.Token);
        }
        catch (OperationCanceledException e) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException("No connection could be made in time.", e);
        }
    }

    async Task<IReadOnlyList<IPAddress>> VetAsync(string host, string partition, CancellationToken cancellationToken)
    {
        if (TargetHost.Parse(host) is not { HasZone: false } target)
            throw new ForbiddenTargetException();

        var addresses = target.Address is { } literal
            ? [literal]
            : await resolver.ResolveAsync(target.Name, partition, cancellationToken);

        if (addresses.Count == 0)
            throw new NameResolutionException();
        if (!addresses.All(policy.Permits))
            throw new ForbiddenTargetException();

        // As it was judged: a mapped address as the IPv4 address that it is.
        return [.. addresses.Select(address => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).Distinct()];
    }

    static async ValueTask<Stream> DialAsync(IPEndPoint endPoint, CancellationToken cancellationToken)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(endPoint, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
