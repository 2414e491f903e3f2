using Framelane.Domain.Common;

namespace Framelane.Domain.Audit;

/// <summary>Names a line of the audit log: <c>aud_</c> and a ULID.</summary>
public readonly record struct AuditEntryId
{
    public const string Prefix = "aud";

    AuditEntryId(string value) => Value = value;

    public string Value { get; }

    public static AuditEntryId New(DateTimeOffset now) => new(Ulid.New(Prefix, now));

    /// <summary>The id, or null where the text is not one: it then names nothing, which is a 404, not a 422.</summary>
    public static AuditEntryId? TryParse(string? text) => Ulid.IsWellFormed(Prefix, text) ? new(text!) : null;

    /// <summary>An id that comes from our own storage.</summary>
    public static AuditEntryId FromStored(string text) => new(text);

    /// <inheritdoc cref="Ulid.IsBefore"/>
    public static bool operator <(AuditEntryId left, AuditEntryId right) => Ulid.IsBefore(left.Value, right.Value);

    /// <inheritdoc cref="Ulid.IsBefore"/>
    public static bool operator >(AuditEntryId left, AuditEntryId right) => right < left;

    public override string ToString() => Value;
}
