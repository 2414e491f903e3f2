using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Framelane.Infrastructure.Outbound;

/// <summary>
/// The IPv4 addresses that a packet sent to an IPv6 address may end at: a translator or tunnel on the way unwraps them.
/// </summary>
internal static class EmbeddedAddresses
{
    /// <summary>None for an IPv4 address and for an IPv6 address of no known wrapping.</summary>
    public static IReadOnlyList<IPAddress> Of(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return [];

        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);

        var high = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        var low = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        var first32 = (uint)(high >> 32);

        if (high == 0)
            return InZeroPrefix(low, bytes);
        if (first32 >> 16 == 0x2002) return [At(bytes, 2)]; // 6to4, RFC 3056
        if (first32 == 0x2001_0000) return [At(bytes, 4), Inverted(bytes[12..])]; // Teredo's server and client, RFC 4380
        if (high == 0x0064_FF9B_0000_0000 && low >> 32 == 0) return [At(bytes, 12)]; // NAT64, RFC 6052
        if (high >> 16 == 0x0064_FF9B_0001)
            return InLocalNat64(bytes);
        if ((low >> 32 & 0xFDFF_FFFF) == 0x0000_5EFE) return [At(bytes, 12)]; // ISATAP in any prefix, RFC 5214

        return [];
    }

    static IPAddress[] InZeroPrefix(ulong low, ReadOnlySpan<byte> bytes) => (low >> 32) switch
    {
        0 when low > 1 => [At(bytes, 12)], // IPv4-compatible, RFC 4291; not :: and ::1
        0x0000_FFFF => [At(bytes, 12)], // IPv4-mapped, RFC 4291
        0xFFFF_0000 => [At(bytes, 12)], // IPv4-translated, RFC 2765
        _ => [],
    };

    /// <summary>
    /// 64:ff9b:1::/48 (RFC 8215) holds prefixes of a length that only its operator knows, and each places the address elsewhere
    /// (RFC 6052, 2.2), skipping byte 8. So every place that is not empty counts.
    /// </summary>
    static IPAddress[] InLocalNat64(ReadOnlySpan<byte> bytes)
    {
        IPAddress[] places =
        [
            new([bytes[6], bytes[7], bytes[9], bytes[10]]),
            new([bytes[7], bytes[9], bytes[10], bytes[11]]),
            At(bytes, 9),
            At(bytes, 12),
        ];
        var filled = Array.FindAll(places, place => !place.Equals(IPAddress.Any));
        return filled.Length > 0 ? filled : [IPAddress.Any];
    }

    static IPAddress At(ReadOnlySpan<byte> bytes, int offset) => new(bytes.Slice(offset, 4));

    static IPAddress Inverted(ReadOnlySpan<byte> bytes) =>
        new([(byte)~bytes[0], (byte)~bytes[1], (byte)~bytes[2], (byte)~bytes[3]]);
}
