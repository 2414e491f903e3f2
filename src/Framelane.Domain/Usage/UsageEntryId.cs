using Framelane.Domain.Common;

namespace Framelane.Domain.Usage;

/// <summary>Names a line of the usage ledger: <c>use_</c> and a ULID.</summary>
public readonly record struct UsageEntryId
{
    public const string Prefix = "use";

    UsageEntryId(string value) => Value = value;

    public string Value { get; }

    public static UsageEntryId New(DateTimeOffset now) => new(Ulid.New(Prefix, now));

    /// <summary>The id, or null where the text is not one: it then names nothing, which is a 404, not a 422.</summary>
    public static UsageEntryId? TryParse(string? text) => Ulid.IsWellFormed(Prefix, text) ? new(text!) : null;

    /// <summary>An id that comes from our own storage.</summary>
    public static UsageEntryId FromStored(string text) => new(text);

    public override string ToString() => Value;
}
