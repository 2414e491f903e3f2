using System.Net;

namespace Framelane.Infrastructure.Outbound;

/// <summary>Turns a host name into addresses.</summary>
public interface INameResolver
{
    /// <summary>All addresses of <paramref name="host"/>, IPv4 and IPv6; at least one. A literal address is returned as it is.</summary>
    /// <param name="host">A name in ASCII form or a literal address.</param>
    /// <param name="partition">Whose share of look-ups is used, for instance the workspace id: one tenant's dead names do not make
    /// another wait.</param>
    /// <param name="cancellationToken">Ends the look-up, or the wait for a share.</param>
    /// <exception cref="NameResolutionException">The name has no address, or no name server answered in time.</exception>
    Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, string partition, CancellationToken cancellationToken);
}
