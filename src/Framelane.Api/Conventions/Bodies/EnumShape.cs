using System.Text.Json;
using Framelane.Api.Conventions.Validation;

namespace Framelane.Api.Conventions.Bodies;

sealed class EnumShape(Type type) : Shape
{
    readonly EnumNames names = EnumNames.Of(type);

    protected override (string Type, string Message) Mismatch => (FaultTypes.Enum, UnknownName.Message(names.All));

    protected override IReadOnlyDictionary<string, object?> Expected => UnknownName.Context(names.All);

    public override bool TryRead(JsonElement json, Place place, RequestFaults faults, out object? value)
    {
        value = null;
        if (json.ValueKind != JsonValueKind.String || !json.TryGetText(out var text))
            return Refuse(json, place, faults);
        if (names.TryParse(text, out value))
            return true;
        faults.AddShape(place.ToLoc(), FaultTypes.Enum, UnknownName.Message(names.All, text), json, Expected);
        return false;
    }
}
