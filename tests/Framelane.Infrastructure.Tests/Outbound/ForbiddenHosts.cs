namespace Framelane.Infrastructure.Tests.Outbound;

/// <summary>Ways to write a host that must not be reached, as they stand in a url.</summary>
internal static class ForbiddenHosts
{
    /// <summary>Hosts that every parser of the product reads as an address, and names that never leave the machine.</summary>
    public static readonly string[] Addresses =
    [
        // Loopback in IPv4, in every spelling that inet_aton takes.
        "127.0.0.1", "127.1", "127.0.1", "2130706433", "0x7f000001", "0X7F000001", "0x7f.1", "0x7f.0.0.1", "0x7f.0x0.0x0.0x1",
        "0177.0.0.1", "0177.0.0.01", "017700000001", "0000000000000000000000177.0.0.1", "127.0.0.01", "127.255.255.254",
        "127.0.0.1.", "0x7f000001.", "127.1.", "127。0。0。1", "127．0．0．1", "127｡0｡0｡1",
        // This host, broadcast, multicast, reserved.
        "0", "0.0.0.0", "0.1.2.3", "255.255.255.255", "224.0.0.1", "239.255.255.250", "240.0.0.1",
        // Private, link-local, metadata.
        "10.0.0.1", "10.255.255.255", "0xa000001", "012.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.0.1", "0300.0250.0.1",
        "3232235521", "100.64.0.1", "100.100.100.200", "169.254.169.254", "0xa9fea9fe", "2852039166", "168.63.129.16", "192.0.0.192",
        // Documentation, benchmarking, protocol assignments.
        "192.0.0.1", "192.0.2.1", "192.88.99.1", "192.31.196.1", "192.52.193.1", "192.175.48.1", "198.18.0.1", "198.19.255.255",
        "198.51.100.1", "203.0.113.1",
        // IPv6's own.
        "[::]", "[::1]", "[0:0:0:0:0:0:0:1]", "[0000:0000:0000:0000:0000:0000:0000:0001]", "[fe80::1]", "[fec0::1]", "[fc00::1]",
        "[fd00:ec2::254]", "[fd20:ce::254]", "[ff02::1]", "[100::1]", "[2001:db8::1]", "[3fff::1]", "[3fff:fff:ffff::1]", "[5f00::1]",
        "[2001:2::1]", "[2001:10::1]", "[2001:20::1]", "[2001:1ff:ffff::1]", "[2620:4f:8000::1]", "[4000::1]", "[1fff::1]",
        // IPv4 inside IPv6.
        "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:ffff:7f00:1]", "[::FFFF:10.0.0.1]", "[::ffff:169.254.169.254]",
        "[::127.0.0.1]", "[::7f00:1]", "[::8.8.8.8]", "[::ffff:0:127.0.0.1]", "[2002:7f00:1::1]", "[2002:a9fe:a9fe::]",
        "[64:ff9b::127.0.0.1]", "[64:ff9b::a9fe:a9fe]", "[64:ff9b:1::10.0.0.1]", "[64:ff9b:1:7f00:0:100::]",
        "[2001:0:7f00:1::1]", "[2001:0:808:808:0:0:80ff:fffe]", "[2606:4700::5efe:10.0.0.1]", "[2606:4700::200:5efe:127.0.0.1]",
        // Zones.
        "[::1%25lo]", "[::1%lo]", "[fe80::1%251]", "[fe80::1%25eth0]", "[::ffff:127.0.0.1%25lo]", "[2606:4700::1111%251]",
        // RFC 6761.
        "localhost", "LOCALHOST", "localhost.", "a.localhost", "ｌocalhost.localhost",
    ];

    /// <summary>
    /// Hosts that end in a number but are no address in plain ASCII, or are no host: one parser's name is another's loopback. Which of
    /// the two some are depends on whether the machine has ICU.
    /// </summary>
    public static readonly string[] Ambiguous =
    [
        "①②⑦.0.0.1", "１２７.0.0.1", "１２７．０．０．１", "⑩.1", "evil.①②⑦", "evil.𝟙𝟚𝟟", "evil.١٢٧", "127.0.0.1.1", "256.0.0.1", "127.0.0.256", "08.0.0.1", "4294967296",
        "0x100000000", "0x7f000001.0", "evil.0x7f", "evil.127", "1.2.3.4.5", "127.0.0.0x", "127.0.0.1e.0",
    ];

    /// <summary>Hosts that no url may have.</summary>
    public static readonly string[] Malformed =
    [
        "%31%32%37.0.0.1", "127.0.0.1%2e", "127.0.0.1%00.example.com", "%6c%6f%63alhost", "[::1", "[127.0.0.1]", "[v1.a]",
        "127.0.0.1..", "example..com", ".example.com", "exa mple.com", "-example.com", "", "127.0.0.1:99999", "example.com:0",
        "\\127.0.0.1", "127.0.0.1\\@example.com",
        // What Uri takes and cannot write in ASCII: Punycode that is none, directions that mix, a label that is too long once it is written.
        "xn--ü.example", "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüü.example",
    ];
}
