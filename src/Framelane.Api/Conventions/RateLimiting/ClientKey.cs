using System.Net;
using System.Net.Sockets;

namespace Framelane.Api.Conventions.RateLimiting;

/// <summary>What counts as one client: an IPv4 address, or the /64 that an IPv6 subscriber has to itself.</summary>
static class ClientKey
{
    public static string Of(IPAddress? address) => address switch
    {
        null => "unknown",
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } => $"{new IPAddress([.. address.GetAddressBytes().Take(8), .. new byte[8]])}/64",
        _ => address.ToString(),
    };
}
