namespace Framelane.Domain.Signups;

/// <summary>A mail address, which mails are sent to as it was given, and which is compared without regard to case.</summary>
/// <remarks>
/// RFC 5321 lets a domain tell <c>Zoe@</c> from <c>zoe@</c>; none that anybody uses does. Were they two here, one mailbox would get a
/// day's codes for each of its spellings, and have a workspace for each.
/// </remarks>
public sealed record EmailAddress
{
    /// <summary>Characters: what fits a path of RFC 5321 (4.5.3.1.3) between its brackets.</summary>
    public const int MaxLength = 254;

    EmailAddress(string text) => Text = text;

    /// <summary>As it was given; its domain in ASCII.</summary>
    public string Text { get; }

    /// <summary>What it is known by.</summary>
    public string Key => Text.ToLowerInvariant();

    /// <param name="text">Judged already: ASCII, a local part, an @ and a domain.</param>
    public static EmailAddress FromChecked(string text) => new(text);

    public bool Equals(EmailAddress? other) => other is not null && Key == other.Key;

    public override int GetHashCode() => Key.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Text;
}
