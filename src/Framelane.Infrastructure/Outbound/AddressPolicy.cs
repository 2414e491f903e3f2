using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace Framelane.Infrastructure.Outbound;

/// <summary>
/// Which addresses may be dialled: public unicast, and what <see cref="OutboundOptions.AllowedNetworks"/> names.
/// An address that wraps IPv4 addresses is judged with all of them; none excuses another.
/// </summary>
public sealed class AddressPolicy
{
    readonly IPNetwork[] allowed;

    /// <exception cref="FormatException">An allowed network is not a CIDR range.</exception>
    public AddressPolicy(IOptions<OutboundOptions> options)
    {
        allowed = options.Value.AllowedNetworks
            .Select(text => AllowedNetwork.TryParse(text, out var network)
                ? network
                : throw new FormatException($"'{text}' is not a CIDR range."))
            .ToArray();
    }

    /// <summary>
    /// Whether <paramref name="address"/> may be dialled. One with a zone (<c>fe80::1%eth0</c>) never may: a zone has a meaning on this
    /// machine only.
    /// </summary>
    public bool Permits(IPAddress address)
    {
        if (address.AddressFamily == AddressFamily.InterNetworkV6 && address.ScopeId != 0)
            return false;

        // The kernel dials IPv4 for a mapped address, so there is no wrapper to judge.
        var dialled = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return PermitsItself(dialled) && EmbeddedAddresses.Of(dialled).All(PermitsItself);
    }

    bool PermitsItself(IPAddress address) =>
        SpecialPurposeNetworks.IsPublicUnicast(address) || Array.Exists(allowed, network => network.Contains(address));
}
