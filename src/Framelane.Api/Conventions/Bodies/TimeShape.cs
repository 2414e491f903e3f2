using System.Text.Json;
using System.Text.RegularExpressions;
using Framelane.Api.Conventions.Validation;

namespace Framelane.Api.Conventions.Bodies;

/// <summary>An ISO 8601 time. One that names no offset is UTC, whatever the zone of the machine.</summary>
sealed partial class TimeShape : Shape
{
    protected override (string Type, string Message) Mismatch => (FaultTypes.DateTime, "Must be a time in ISO 8601, such as 2025-01-31T12:00:00Z.");

    public override bool TryRead(JsonElement json, Place place, RequestFaults faults, out object? value)
    {
        value = null;
        if (json.ValueKind != JsonValueKind.String || !json.TryGetText(out var text) || !json.TryGetDateTimeOffset(out var time))
            return Refuse(json, place, faults);
        value = NamesOffset().IsMatch(text) ? time.ToUniversalTime() : new DateTimeOffset(time.DateTime, TimeSpan.Zero);
        return true;
    }

    [GeneratedRegex("T.*(Z|[+-][0-9:]+)$")]
    private static partial Regex NamesOffset();
}
