using System.Net;
using System.Net.Sockets;

namespace Framelane.Infrastructure.Outbound;

/// <summary>
/// Reads one entry of <see cref="OutboundOptions.AllowedNetworks"/>. Stricter than <see cref="IPNetwork.Parse(string)"/>, which reads
/// <c>10/8</c> as 0.0.0.0/8 and <c>010.0.0.0/8</c> as 8.0.0.0/8: a typing error must not open another network.
/// </summary>
internal static class AllowedNetwork
{
    const int MappedPrefixLength = 96;

    public static bool TryParse(string? text, out IPNetwork network)
    {
        network = default;
        if (text is null || text.Contains('%', StringComparison.Ordinal))
            return false;

        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0 || !IPAddress.TryParse(text.AsSpan(0, slash), out var address))
            return false;
        if (address.AddressFamily == AddressFamily.InterNetwork && address.ToString() != text[..slash])
            return false;
        if (!IPNetwork.TryParse(text, out var parsed) || !parsed.BaseAddress.Equals(address))
            return false;

        network = Unmapped(parsed);
        return true;
    }

    static IPNetwork Unmapped(IPNetwork network) =>
        network.BaseAddress.IsIPv4MappedToIPv6 && network.PrefixLength >= MappedPrefixLength
            ? new IPNetwork(network.BaseAddress.MapToIPv4(), network.PrefixLength - MappedPrefixLength)
            : network;
}
