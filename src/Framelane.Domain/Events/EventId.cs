using Framelane.Domain.Common;

namespace Framelane.Domain.Events;

/// <summary>Names an event; receivers use it to tell repeats apart: <c>evt_</c> and a ULID.</summary>
public readonly record struct EventId
{
    public const string Prefix = "evt";

    EventId(string value) => Value = value;

    public string Value { get; }

    public static EventId New(DateTimeOffset now) => new(Ulid.New(Prefix, now));

    /// <summary>The id, or null where the text is not one: it then names nothing, which is a 404, not a 422.</summary>
    public static EventId? TryParse(string? text) => Ulid.IsWellFormed(Prefix, text) ? new(text!) : null;

    /// <summary>An id that comes from our own storage.</summary>
    public static EventId FromStored(string text) => new(text);

    /// <inheritdoc cref="Ulid.IsBefore"/>
    public static bool operator <(EventId left, EventId right) => Ulid.IsBefore(left.Value, right.Value);

    /// <inheritdoc cref="Ulid.IsBefore"/>
    public static bool operator >(EventId left, EventId right) => right < left;

    public override string ToString() => Value;
}
