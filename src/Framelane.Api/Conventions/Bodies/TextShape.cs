using System.Text.Json;
using Framelane.Api.Conventions.Validation;

namespace Framelane.Api.Conventions.Bodies;

sealed class TextShape : Shape
{
    protected override (string Type, string Message) Mismatch => (FaultTypes.String, "Must be a string.");

    public override bool TryRead(JsonElement json, Place place, RequestFaults faults, out object? value)
    {
        value = null;
        if (json.ValueKind != JsonValueKind.String)
            return Refuse(json, place, faults);
        if (!json.TryGetText(out var text))
        {
            faults.AddShape(place.ToLoc(), FaultTypes.Unicode, $"Must be {JsonText.Rule}.");
            return false;
        }

        value = text;
        return true;
    }
}
