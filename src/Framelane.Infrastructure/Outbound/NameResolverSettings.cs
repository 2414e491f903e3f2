using System.Net;

namespace Framelane.Infrastructure.Outbound;

/// <summary>How <see cref="DnsNameResolver"/> looks names up.</summary>
public sealed record NameResolverSettings
{
    /// <summary>The name servers to ask; none means those of the system, followed when the network changes.</summary>
    public IReadOnlyList<IPEndPoint> NameServers { get; init; } = [];

    /// <summary>The hosts file, which comes before DNS.</summary>
    public string HostsFilePath { get; init; } = HostsFile.DefaultPath;

    /// <summary>How long one name may take, both address families, aliases and second tries together.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How many names of one partition are looked up at once; further ones wait.</summary>
    public int LookupsPerPartition { get; init; } = 4;
}
