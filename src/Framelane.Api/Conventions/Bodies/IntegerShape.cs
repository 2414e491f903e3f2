using System.Globalization;
using System.Text.Json;
using Framelane.Api.Conventions.Validation;

namespace Framelane.Api.Conventions.Bodies;

/// <summary>A whole number, however it is written: <c>2</c>, <c>2.0</c> and <c>2e0</c> are the same one, as JSON Schema has it.</summary>
sealed class IntegerShape(Type type, long min, long max) : Shape
{
    protected override (string Type, string Message) Mismatch => (FaultTypes.Integer, "Must be a whole number.");

    public override bool TryRead(JsonElement json, Place place, RequestFaults faults, out object? value)
    {
        value = null;
        if (json.ValueKind != JsonValueKind.Number || !IsWhole(json, out var number))
            return Refuse(json, place, faults);
        if (number is not { } whole || whole < min || whole > max)
        {
            faults.AddShape(
                place.ToLoc(),
                FaultTypes.OutOfRange,
                $"Must be between {min} and {max}.",
                json,
                new Dictionary<string, object?> { ["ge"] = min, ["le"] = max });
            return false;
        }

        value = Convert.ChangeType(whole, type, CultureInfo.InvariantCulture);
        return true;
    }

    /// <param name="number">Null where it is a whole number too large to tell.</param>
    static bool IsWhole(JsonElement json, out long? number)
    {
        number = null;
        if (json.TryGetInt64(out var exact))
        {
            number = exact;
            return true;
        }

        if (!json.TryGetDecimal(out var value))
            return true;
        if (value != decimal.Truncate(value))
            return false;
        if (value is >= long.MinValue and <= long.MaxValue)
            number = (long)value;
        return true;
    }
}
