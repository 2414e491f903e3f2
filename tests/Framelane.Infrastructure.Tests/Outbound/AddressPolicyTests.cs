using System.Buffers.Binary;
using System.Net;
using CsCheck;
using Framelane.Infrastructure.Outbound;
using Microsoft.Extensions.Options;

namespace Framelane.Infrastructure.Tests.Outbound;

public sealed class AddressPolicyTests
{
    static readonly AddressPolicy PublicOnly = PolicyOf();

    // Written down here once more, from the registry, so that a slip in the product's list shows.
    static readonly (uint First, uint Last)[] Forbidden =
    [
        Range("0.0.0.0", "0.255.255.255"), Range("10.0.0.0", "10.255.255.255"), Range("100.64.0.0", "100.127.255.255"),
        Range("127.0.0.0", "127.255.255.255"), Range("168.63.129.16", "168.63.129.16"), Range("169.254.0.0", "169.254.255.255"),
        Range("172.16.0.0", "172.31.255.255"), Range("192.0.0.0", "192.0.0.255"), Range("192.0.2.0", "192.0.2.255"),
        Range("192.31.196.0", "192.31.196.255"), Range("192.52.193.0", "192.52.193.255"), Range("192.88.99.0", "192.88.99.255"),
        Range("192.168.0.0", "192.168.255.255"), Range("192.175.48.0", "192.175.48.255"), Range("198.18.0.0", "198.19.255.255"),
        Range("198.51.100.0", "198.51.100.255"), Range("203.0.113.0", "203.0.113.255"), Range("224.0.0.0", "255.255.255.255"),
    ];

    static readonly Gen<uint> ForbiddenV4 =
        from range in Gen.Int[0, Forbidden.Length - 1].Select(index => Forbidden[index])
        from address in Gen.OneOf(Gen.Const(range.First), Gen.Const(range.Last), Gen.UInt[range.First, range.Last])
        select address;

    static readonly Gen<uint> PublicV4 = Gen.UInt.Where(address => !IsForbidden(address));

    static readonly Gen<byte[]> Sixteen = Gen.Byte.Array[16];

    [Test]
    public void The_bounds_of_every_range_are_exact()
    {
        foreach (var (first, last) in Forbidden)
        {
            Assert.That(PublicOnly.Permits(V4(first)), Is.False);
            Assert.That(PublicOnly.Permits(V4(last)), Is.False);
            if (first > 0 && !IsForbidden(first - 1))
                Assert.That(PublicOnly.Permits(V4(first - 1)), Is.True, V4(first - 1).ToString());
            if (last < uint.MaxValue && !IsForbidden(last + 1))
                Assert.That(PublicOnly.Permits(V4(last + 1)), Is.True);
        }
    }

    [Test]
    public void Every_public_IPv4_address_is_permitted_bare_and_mapped() =>
        PublicV4.Sample(address => PublicOnly.Permits(V4(address)) && PublicOnly.Permits(V4(address).MapToIPv6()), iter: 20_000);

    [Test]
    public void Every_forbidden_IPv4_address_is_forbidden_in_every_embedding() =>
        Gen.Select(ForbiddenV4, Sixteen, Gen.Int[0, Embeddings.Length - 1])
            .Sample((address, noise, which) => !PublicOnly.Permits(Embeddings[which](address, noise)), iter: 100_000);

    [Test]
    public void Allowing_the_wrapper_does_not_excuse_what_is_inside()
    {
        var wrappersAllowed = PolicyOf("::/0");

        Gen.Select(ForbiddenV4, Sixteen, Gen.Int[0, Embeddings.Length - 1])
            .Sample((address, noise, which) => !wrappersAllowed.Permits(Embeddings[which](address, noise)), iter: 100_000);
    }

    [Test]
    public void Allowing_what_is_inside_does_not_excuse_the_wrapper()
    {
        var policy = PolicyOf("10.0.0.0/8");

        Assert.That(policy.Permits(IPAddress.Parse("10.1.2.3")), Is.True);
        Assert.That(policy.Permits(IPAddress.Parse("::ffff:10.1.2.3")), Is.True);
        Assert.That(policy.Permits(IPAddress.Parse("2002:a01:203::1")), Is.False);
        Assert.That(policy.Permits(IPAddress.Parse("64:ff9b::10.1.2.3")), Is.False);
        Assert.That(policy.Permits(IPAddress.Parse("::10.1.2.3")), Is.False);
        Assert.That(policy.Permits(IPAddress.Parse("2606:4700::5efe:10.1.2.3")), Is.True);
    }

    [Test]
    public void A_network_with_NAT64_is_opened_by_its_prefix_for_public_addresses()
    {
        var policy = PolicyOf("64:ff9b::/96");

        Assert.That(policy.Permits(IPAddress.Parse("64:ff9b::8.8.8.8")), Is.True);
        Assert.That(policy.Permits(IPAddress.Parse("64:ff9b::10.0.0.1")), Is.False);
        Assert.That(policy.Permits(IPAddress.Parse("64:ff9b::169.254.169.254")), Is.False);
        Assert.That(PublicOnly.Permits(IPAddress.Parse("64:ff9b::8.8.8.8")), Is.False);
    }

    [Test]
    public void Outside_2000_3_no_IPv6_address_is_permitted_but_mapped_ones() =>
        Sixteen.Where(bytes => bytes[0] >> 5 != 1)
            .Sample(bytes => !PublicOnly.Permits(new IPAddress(bytes)), iter: 50_000);

    [TestCase("2001:200::1")]
    [TestCase("2001:4860:4860::8888")]
    [TestCase("2003::1")]
    [TestCase("2606:4700:4700::1111")]
    [TestCase("2620:4f:7fff:ffff::1")]
    [TestCase("2620:4f:8001::1")]
    [TestCase("2a00:1450:4001:800::200e")]
    [TestCase("3fff:1000::1")]
    [TestCase("2001:db7:ffff::1")]
    [TestCase("2001:db9::1")]
    [TestCase("2606:4700::5efe:8.8.8.8")]
    [TestCase("2606:4700::5eff:10.0.0.1")]
    public void Public_IPv6_is_permitted(string address) => Assert.That(PublicOnly.Permits(IPAddress.Parse(address)), Is.True);

    [Test]
    public void A_zone_is_never_permitted()
    {
        var everything = PolicyOf("::/0", "0.0.0.0/0");

        Assert.That(everything.Permits(IPAddress.Parse("fe80::1")), Is.True);
        Assert.That(everything.Permits(IPAddress.Parse("fe80::1%1")), Is.False);
        Assert.That(everything.Permits(IPAddress.Parse("2606:4700::1%1")), Is.False);
        Assert.That(everything.Permits(IPAddress.Parse("::ffff:8.8.8.8%1")), Is.False);
    }

    [Test]
    public void An_allowed_network_permits_its_addresses_bare_and_mapped_and_nothing_else() =>
        Gen.Select(ForbiddenV4, Gen.Int[1, 32], ForbiddenV4).Sample((address, length, other) =>
        {
            var network = new IPNetwork(V4(length == 32 ? address : address & ~(uint.MaxValue >> length)), length);
            var policy = PolicyOf(network.ToString());
            var otherIsAllowed = network.Contains(V4(other));

            return policy.Permits(V4(address))
                && policy.Permits(V4(address).MapToIPv6())
                && policy.Permits(V4(other)) == otherIsAllowed
                && policy.Permits(V4(other).MapToIPv6()) == otherIsAllowed;
        }, iter: 5_000);

    [Test]
    public void A_network_may_be_named_in_mapped_form()
    {
        var policy = PolicyOf("::ffff:127.0.0.0/104");

        Assert.That(policy.Permits(IPAddress.Parse("127.0.0.1")), Is.True);
        Assert.That(policy.Permits(IPAddress.Parse("::ffff:127.0.0.1")), Is.True);
        Assert.That(policy.Permits(IPAddress.Parse("128.0.0.1")), Is.True);
        Assert.That(policy.Permits(IPAddress.Parse("10.0.0.1")), Is.False);
    }

    static readonly Func<uint, byte[], IPAddress>[] Embeddings =
    [
        (address, _) => V4(address),
        (address, _) => V4(address).MapToIPv6(),
        (address, _) => Place(address, new byte[16], 12, []),
        (address, _) => Place(address, new byte[16], 12, [0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]),
        (address, noise) => Place(address, noise, 2, [0x20, 0x02]),
        (address, noise) => Place(address, noise, 4, [0x20, 0x01, 0, 0]),
        (address, noise) => Place(~address, noise, 12, [0x20, 0x01, 0, 0]),
        (address, _) => Place(address, new byte[16], 12, [0x00, 0x64, 0xFF, 0x9B]),
        (address, noise) => Place(Filled(address), noise, 12, [0x00, 0x64, 0xFF, 0x9B, 0, 1]),
        (address, noise) => Place(Filled(address), noise, 9, [0x00, 0x64, 0xFF, 0x9B, 0, 1]),
        (address, noise) => Isatap(address, noise, 0x00),
        (address, noise) => Isatap(address, noise, 0x02),
    ];

    // In 64:ff9b:1::/48 an empty place means another prefix length.
    static uint Filled(uint address) => address == 0 ? 0x7F000001 : address;

    static IPAddress Isatap(uint address, byte[] noise, byte flags)
    {
        var bytes = (byte[])noise.Clone();
        bytes[0] = 0x26;
        new byte[] { flags, 0, 0x5E, 0xFE }.CopyTo(bytes, 8);
        return Place(address, bytes, 12, []);
    }

    static IPAddress Place(uint address, byte[] noise, int offset, byte[] prefix)
    {
        var bytes = (byte[])noise.Clone();
        prefix.CopyTo(bytes, 0);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(offset), address);

        // :: and ::1 are no IPv4-compatible addresses (RFC 4291), and with ::/0 allowed they are.
        var result = new IPAddress(bytes);
        return result.Equals(IPAddress.IPv6Any) || result.Equals(IPAddress.IPv6Loopback) ? V4(address) : result;
    }

    static AddressPolicy PolicyOf(params string[] allowed)
    {
        var options = new OutboundOptions();
        foreach (var network in allowed)
            options.AllowedNetworks.Add(network);
        return new AddressPolicy(Options.Create(options));
    }

    static bool IsForbidden(uint address) => Forbidden.Any(range => address >= range.First && address <= range.Last);

    static (uint First, uint Last) Range(string first, string last) => (ToUInt(first), ToUInt(last));

    static uint ToUInt(string address) => BinaryPrimitives.ReadUInt32BigEndian(IPAddress.Parse(address).GetAddressBytes());

    static IPAddress V4(uint address)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, address);
        return new IPAddress(bytes);
    }
}
