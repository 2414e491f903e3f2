using Framelane.Domain.Common;

namespace Framelane.Domain.Deliveries;

/// <summary>Names the delivery of one event to one endpoint: <c>dlv_</c> and a ULID.</summary>
public readonly record struct DeliveryId
{
    public const string Prefix = "dlv";

    DeliveryId(string value) => Value = value;

    public string Value { get; }

    public static DeliveryId New(DateTimeOffset now) => new(Ulid.New(Prefix, now));

    /// <summary>The id, or null where the text is not one: it then names nothing, which is a 404, not a 422.</summary>
    public static DeliveryId? TryParse(string? text) => Ulid.IsWellFormed(Prefix, text) ? new(text!) : null;

    /// <summary>An id that comes from our own storage.</summary>
    public static DeliveryId FromStored(string text) => new(text);

    /// <inheritdoc cref="Ulid.IsBefore"/>
    public static bool operator <(DeliveryId left, DeliveryId right) => Ulid.IsBefore(left.Value, right.Value);

    /// <inheritdoc cref="Ulid.IsBefore"/>
    public static bool operator >(DeliveryId left, DeliveryId right) => right < left;

    public override string ToString() => Value;
}
