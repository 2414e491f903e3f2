using Framelane.Domain.Common;

namespace Framelane.Domain.Billing;

/// <summary>Names a report of minutes, to the payment provider too: <c>mtr_</c> and a ULID.</summary>
public readonly record struct MeterReportId
{
    public const string Prefix = "mtr";

    MeterReportId(string value) => Value = value;

    public string Value { get; }

    public static MeterReportId New(DateTimeOffset now) => new(Ulid.New(Prefix, now));

    /// <summary>The id, or null where the text is not one: it then names nothing, which is a 404, not a 422.</summary>
    public static MeterReportId? TryParse(string? text) => Ulid.IsWellFormed(Prefix, text) ? new(text!) : null;

    /// <summary>An id that comes from our own storage.</summary>
    public static MeterReportId FromStored(string text) => new(text);

    public override string ToString() => Value;
}
