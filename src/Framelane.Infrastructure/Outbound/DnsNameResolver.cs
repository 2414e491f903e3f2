using System.Net;
using DnsClient;
using DnsClient.Protocol;
using Framelane.Application.Common;

namespace Framelane.Infrastructure.Outbound;

/// <summary>
/// Resolves names by DNS, hosts file first. Not by <c>getaddrinfo</c>: that cannot be cancelled, and each dead name holds a thread for as
/// long as the system's resolver likes. Search domains are not applied: a name means the same wherever it is resolved.
/// </summary>
public sealed class DnsNameResolver : INameResolver
{
    const int MaxAliases = 8;

    readonly NameResolverSettings settings;
    readonly TimeProvider time;
    readonly HostsFile hosts;
    readonly PartitionedGate gate;

    // Made at the first look-up: the library throws where no name server is known, and such a machine must still start.
    readonly Lazy<LookupClient> client;

    public DnsNameResolver(TimeProvider time, NameResolverSettings? settings = null)
    {
        settings ??= new NameResolverSettings();
        (this.time, this.settings) = (time, settings);
        hosts = new HostsFile(settings.HostsFilePath);
        gate = new PartitionedGate(settings.LookupsPerPartition);
        client = new Lazy<LookupClient>(() => CreateClient(settings), LazyThreadSafetyMode.PublicationOnly);
    }

    public async Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, string partition, CancellationToken cancellationToken)
    {
        if (TargetHost.Parse(host) is not { } target)
            throw new NameResolutionException();
        if (target.Address is { } literal)
            return [literal];

        var local = FindLocally(target);
        if (local.Count > 0)
            return local;

        using var place = await gate.EnterAsync(partition, cancellationToken);
        using var timeout = new CancellationTokenSource(settings.Timeout, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);

        // A family whose servers fail is not waited for in vain: what is dialled comes from the answers that were judged.
        var families = await Task.WhenAll(
            TryLookUpAsync(target.Name, QueryType.AAAA, stop.Token),
            TryLookUpAsync(target.Name, QueryType.A, stop.Token));

        cancellationToken.ThrowIfCancellationRequested();

        IReadOnlyList<IPAddress> addresses = [.. families.SelectMany(family => family.Addresses).Distinct()];
        return addresses.Count > 0
            ? addresses
            : throw new NameResolutionException(families.Select(family => family.Fault).FirstOrDefault(fault => fault is not null));
    }

    IReadOnlyList<IPAddress> FindLocally(TargetHost target)
    {
        var entries = hosts.Find(target.Name);
        if (entries.Count > 0)
            return entries;

        return target.IsLocalhost ? [IPAddress.Loopback, IPAddress.IPv6Loopback] : [];
    }

    async Task<(IReadOnlyList<IPAddress> Addresses, Exception? Fault)> TryLookUpAsync(
        string name, QueryType type, CancellationToken cancellationToken)
    {
        try
        {
            return (await LookUpAsync(name, type, cancellationToken), null);
        }
        catch (Exception e)
        {
            // The library has many ways to fail (its own exceptions, socket errors, malformed answers); all mean that there is no answer.
            return ([], e);
        }
    }

    async Task<IReadOnlyList<IPAddress>> LookUpAsync(string name, QueryType type, CancellationToken cancellationToken)
    {
        for (var aliases = 0; aliases <= MaxAliases; aliases++)
        {
            // WaitAsync: the library ends a cancelled query at the end of its own try only.
            var response = await client.Value.QueryAsync(name, type, QueryClass.IN, cancellationToken).WaitAsync(cancellationToken);
            if (response.HasError)
                return [];

            IReadOnlyList<IPAddress> addresses = [.. response.Answers.OfType<AddressRecord>().Select(record => record.Address)];
            if (addresses.Count > 0 || FindAlias(name, response.Answers) is not { } alias)
                return addresses;

            name = alias;
        }

        return [];
    }

    /// <summary>The end of the chain of aliases that starts at <paramref name="name"/>; null when there is none, or it is a circle.</summary>
    static string? FindAlias(string name, IReadOnlyList<DnsResourceRecord> answers)
    {
        var aliases = answers.OfType<CNameRecord>()
            .GroupBy(record => record.DomainName.Value.TrimEnd('.'), StringComparer.OrdinalIgnoreCase)
            .ToDictionary(group => group.Key, group => group.First().CanonicalName.Value.TrimEnd('.'), StringComparer.OrdinalIgnoreCase);

        string? last = null;
        while (aliases.Remove(last ?? name, out var next))
            last = next;
        return last;
    }

    static LookupClient CreateClient(NameResolverSettings settings)
    {
        var options = settings.NameServers.Count > 0
            ? new LookupClientOptions([.. settings.NameServers]) { AutoResolveNameServers = false }
            : new LookupClientOptions();

        // Two tries fit into the time, for a lost packet or for the second server.
        options.Timeout = settings.Timeout * 0.45;
        options.Retries = 1;
        // Connections are pooled, so look-ups are rare, and a cache would only delay seeing a changed address.
        options.UseCache = false;
        options.ContinueOnEmptyResponse = false;
        options.ThrowDnsErrors = false;
        return new LookupClient(options);
    }
}
