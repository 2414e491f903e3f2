using System.Text.Json;
using Framelane.Api.Conventions.Validation;

namespace Framelane.Api.Conventions.Bodies;

/// <summary>A shape where it is used.</summary>
sealed record Slot(Shape Shape, NullRule Null)
{
    public bool TryRead(JsonElement json, Place place, RequestFaults faults, out object? value)
    {
        value = null;
        if (json.ValueKind != JsonValueKind.Null || Null == NullRule.LeftToShape)
            return Shape.TryRead(json, place, faults, out value);
        return Null == NullRule.Allowed || Shape.Refuse(json, place, faults);
    }
}

enum NullRule
{
    Refused,
    Allowed,
    LeftToShape,
}
