using Framelane.Domain.Identities;
using Framelane.Domain.Signups;

namespace Framelane.Domain.Usage;

/// <summary>Whose use of a plan is told apart, whatever workspaces they have had: who enters by the console, or reads a mailbox.</summary>
public readonly record struct OwnerName
{
    OwnerName(string text) => Text = text;

    /// <summary>Another one for every owner; no address and no subject is any other kind's.</summary>
    public string Text { get; }

    public static OwnerName Of(IdentityName name) => new($"identity {name}");

    public static OwnerName Of(EmailAddress address) => new($"mail {address.Key}");

    public override string ToString() => "***";
}
