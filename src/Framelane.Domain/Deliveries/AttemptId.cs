using Framelane.Domain.Common;

namespace Framelane.Domain.Deliveries;

/// <summary>Names one attempt at a delivery: <c>att_</c> and a ULID.</summary>
public readonly record struct AttemptId
{
    public const string Prefix = "att";

    AttemptId(string value) => Value = value;

    public string Value { get; }

    public static AttemptId New(DateTimeOffset now) => new(Ulid.New(Prefix, now));

    /// <summary>The id, or null where the text is not one: it then names nothing, which is a 404, not a 422.</summary>
    public static AttemptId? TryParse(string? text) => Ulid.IsWellFormed(Prefix, text) ? new(text!) : null;

    /// <summary>An id that comes from our own storage.</summary>
    public static AttemptId FromStored(string text) => new(text);

    /// <inheritdoc cref="Ulid.IsBefore"/>
    public static bool operator <(AttemptId left, AttemptId right) => Ulid.IsBefore(left.Value, right.Value);

    /// <inheritdoc cref="Ulid.IsBefore"/>
    public static bool operator >(AttemptId left, AttemptId right) => right < left;

    public override string ToString() => Value;
}
