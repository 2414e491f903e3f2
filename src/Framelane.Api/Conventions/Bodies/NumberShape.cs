using System.Globalization;
using System.Text.Json;
using Framelane.Api.Conventions.Validation;

namespace Framelane.Api.Conventions.Bodies;

/// <summary>A number of the type <c>double</c>, <c>float</c> or <c>decimal</c>.</summary>
sealed class NumberShape(Type type) : Shape
{
    protected override (string Type, string Message) Mismatch => (FaultTypes.Number, "Must be a number.");

    public override bool TryRead(JsonElement json, Place place, RequestFaults faults, out object? value)
    {
        value = null;
        if (json.ValueKind != JsonValueKind.Number)
            return Refuse(json, place, faults);
        if (Fits(json, out value))
            return true;
        faults.AddShape(place.ToLoc(), FaultTypes.OutOfRange, "The number is too large.", json);
        return false;
    }

    bool Fits(JsonElement json, out object? value)
    {
        value = null;
        if (type == typeof(decimal))
        {
            var fits = json.TryGetDecimal(out var exact);
            value = exact;
            return fits;
        }

        if (!json.TryGetDouble(out var number) || !double.IsFinite(number) || (type == typeof(float) && !float.IsFinite((float)number)))
            return false;
        value = Convert.ChangeType(number, type, CultureInfo.InvariantCulture);
        return true;
    }
}
