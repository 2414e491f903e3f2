using System.Net;
using System.Net.Sockets;

namespace Framelane.Infrastructure.Outbound;

/// <summary>
/// The addresses that are not public unicast: the IANA IPv4 and IPv6 Special-Purpose Address Registries, multicast, reserved space,
/// and the addresses at which clouds serve metadata.
/// </summary>
internal static class SpecialPurposeNetworks
{
    static readonly IPNetwork[] V4 =
    [
        IPNetwork.Parse("0.0.0.0/8"), // this network, RFC 791
        IPNetwork.Parse("10.0.0.0/8"), // private, RFC 1918
        IPNetwork.Parse("100.64.0.0/10"), // carrier-grade NAT, RFC 6598; Alibaba metadata 100.100.100.200
        IPNetwork.Parse("127.0.0.0/8"), // loopback, RFC 1122
        IPNetwork.Parse("168.63.129.16/32"), // Azure's host, in public space
        IPNetwork.Parse("169.254.0.0/16"), // link-local, RFC 3927; metadata 169.254.169.254
        IPNetwork.Parse("172.16.0.0/12"), // private, RFC 1918
        IPNetwork.Parse("192.0.0.0/24"), // protocol assignments, RFC 6890; Oracle metadata 192.0.0.192
        IPNetwork.Parse("192.0.2.0/24"), // documentation, RFC 5737
        IPNetwork.Parse("192.31.196.0/24"), // AS112, RFC 7535
        IPNetwork.Parse("192.52.193.0/24"), // AMT, RFC 7450
        IPNetwork.Parse("192.88.99.0/24"), // 6to4 relay anycast, RFC 7526
        IPNetwork.Parse("192.168.0.0/16"), // private, RFC 1918
        IPNetwork.Parse("192.175.48.0/24"), // AS112, RFC 7534
        IPNetwork.Parse("198.18.0.0/15"), // benchmarking, RFC 2544
        IPNetwork.Parse("198.51.100.0/24"), // documentation, RFC 5737
        IPNetwork.Parse("203.0.113.0/24"), // documentation, RFC 5737
        IPNetwork.Parse("224.0.0.0/4"), // multicast, RFC 5771
        IPNetwork.Parse("240.0.0.0/4"), // reserved, RFC 1112; broadcast
    ];

    // Everything outside it is forbidden: loopback, unique local, link-local, multicast, translation prefixes, 100::/64, 5f00::/16.
    static readonly IPNetwork V6GlobalUnicast = IPNetwork.Parse("2000::/3");

    static readonly IPNetwork[] V6 =
    [
        IPNetwork.Parse("2001::/23"), // protocol assignments, RFC 2928: Teredo, benchmarking, ORCHID, AMT, DET
        IPNetwork.Parse("2001:db8::/32"), // documentation, RFC 3849
        IPNetwork.Parse("2002::/16"), // 6to4, RFC 3056, deprecated by RFC 7526
        IPNetwork.Parse("2620:4f:8000::/48"), // AS112, RFC 7534
        IPNetwork.Parse("3fff::/20"), // documentation, RFC 9637
    ];

    /// <param name="address">An address without IPv4-mapping: those are judged as the IPv4 address that they are.</param>
    public static bool IsPublicUnicast(IPAddress address) => address.AddressFamily switch
    {
        AddressFamily.InterNetwork => !Contains(V4, address),
        AddressFamily.InterNetworkV6 => V6GlobalUnicast.Contains(address) && !Contains(V6, address),
        _ => false,
    };

    static bool Contains(IPNetwork[] networks, IPAddress address)
    {
        foreach (var network in networks)
        {
            if (network.Contains(address))
                return true;
        }

        return false;
    }
}
