using System.Globalization;
using System.Net;
using System.Text;

namespace Framelane.Infrastructure.Outbound;

/// <summary>
/// The host of a target as it will be dialled: an address, or a name for the resolver. Everything that any parser might take for an
/// address is one here or is no host at all, so that nothing is judged as a name and dialled as an address.
/// </summary>
/// <param name="Name">The host without its trailing dot.</param>
/// <param name="Address">The address that the host spells; null for a name.</param>
/// <param name="HasZone">Whether the address was written with a zone, which is read differently by everyone.</param>
internal readonly record struct TargetHost(string Name, IPAddress? Address, bool HasZone)
{
    const int MaxNameLength = 253;
    const int MaxLabelLength = 63;

    static readonly IdnMapping Punycode = new();

    /// <summary>RFC 6761, 6.3: never asked of a name server, which might answer something else than this machine.</summary>
    public bool IsLocalhost => Name.Equals("localhost", StringComparison.OrdinalIgnoreCase) || Name.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);

    /// <param name="host">A host in its ASCII form (<see cref="Uri.IdnHost"/>), with or without the brackets of IPv6.</param>
    /// <returns>Null when no name can look like this.</returns>
    public static TargetHost? Parse(string host)
    {
        var name = host is ['[', .., ']'] ? host[1..^1] : host;

        var zone = name.IndexOf('%', StringComparison.Ordinal);
        if (zone >= 0)
            return IPAddress.TryParse(name.AsSpan(0, zone), out var scoped) ? new TargetHost(name, scoped, true) : null;

        if (name.EndsWith('.'))
            name = name[..^1];
        if (IPAddress.TryParse(name, out var address))
            return new TargetHost(name, address, false);

        return IsName(name) ? new TargetHost(name, null, false) : null;
    }

    static bool IsName(string name)
    {
        if (name.Length is 0 or > MaxNameLength || !Ascii.IsValid(name))
            return false;

        var labels = name.Split('.');
        return Array.TrueForAll(labels, IsLabel) && !IsNumber(labels[^1]);
    }

    // Underscores are no host name of RFC 1123, but people have them.
    static bool IsLabel(string label) =>
        label.Length is > 0 and <= MaxLabelLength && label.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    // The "ends in a number" rule of the WHATWG URL Standard: such a host is an IPv4 address or an error. Digits of other scripts count,
    // since whether ① becomes 1 depends on the globalization data of the machine.
    static bool IsNumber(string label) =>
        Decode(label).EnumerateRunes().All(IsDigit)
        || (label.StartsWith("0x", StringComparison.OrdinalIgnoreCase) && label.Skip(2).All(char.IsAsciiHexDigit));

    static bool IsDigit(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.DecimalDigitNumber or UnicodeCategory.OtherNumber;

    static string Decode(string label)
    {
        try
        {
            return Punycode.GetUnicode(label);
        }
        catch (ArgumentException)
        {
            return label;
        }
    }
}
