using System.Text.Json;
using Framelane.Api.Conventions.Validation;

namespace Framelane.Api.Conventions.Bodies;

sealed class EnumShape(Type type) : Shape
{
    readonly EnumNames names = EnumNames.Of(type);

    protected override (string Type, string Message) Mismatch => (FaultTypes.Enum, names.Message);

    protected override IReadOnlyDictionary<string, object?> Expected => names.Context;

    public override bool TryRead(JsonElement json, Place place, RequestFaults faults, out object? value)
    {
        value = null;
        return (json.ValueKind == JsonValueKind.String && json.TryGetText(out var text) && names.TryParse(text, out value))
            || Refuse(json, place, faults);
    }
}
