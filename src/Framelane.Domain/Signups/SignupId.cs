using Framelane.Domain.Common;

namespace Framelane.Domain.Signups;

/// <summary>Names what is kept of an address that signs up: <c>sgn_</c> and a ULID. Its codes are bound to it.</summary>
public readonly record struct SignupId
{
    public const string Prefix = "sgn";

    SignupId(string value) => Value = value;

    public string Value { get; }

    public static SignupId New(DateTimeOffset now) => new(Ulid.New(Prefix, now));

    /// <summary>The id, or null where the text is not one: it then names nothing, which is a 404, not a 422.</summary>
    public static SignupId? TryParse(string? text) => Ulid.IsWellFormed(Prefix, text) ? new(text!) : null;

    /// <summary>An id that comes from our own storage.</summary>
    public static SignupId FromStored(string text) => new(text);

    public override string ToString() => Value;
}
