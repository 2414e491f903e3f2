using System.Text.Json;
using Framelane.Api.Conventions.Validation;

namespace Framelane.Api.Conventions.Bodies;

sealed class BoolShape : Shape
{
    protected override (string Type, string Message) Mismatch => (FaultTypes.Bool, "Must be true or false.");

    public override bool TryRead(JsonElement json, Place place, RequestFaults faults, out object? value)
    {
        value = json.ValueKind == JsonValueKind.True;
        return json.ValueKind is JsonValueKind.True or JsonValueKind.False || Refuse(json, place, faults);
    }
}
