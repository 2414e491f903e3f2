namespace Framelane.Infrastructure.Outbound;

/// <summary>What webhooks and media sources may reach besides public https; section <c>Framelane:Outbound</c>.</summary>
public sealed class OutboundOptions
{
    public const string Section = "Framelane:Outbound";

    /// <summary>
    /// CIDR ranges that may be reached although they are not public, for instance <c>127.0.0.0/8</c>. An IPv4 range also
    /// allows its addresses in IPv4-mapped form. A range of wrapped addresses excuses only the wrapper: with
    /// <c>64:ff9b::/96</c> (for a network with DNS64) the IPv4 address inside must still be public or allowed itself.
    /// </summary>
    public IList<string> AllowedNetworks { get; } = [];

    /// <summary>Accept http targets besides https.</summary>
    public bool AllowHttp { get; set; }
}
