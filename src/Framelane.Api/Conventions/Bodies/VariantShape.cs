using System.Text.Json;
using Framelane.Api.Conventions.Validation;

namespace Framelane.Api.Conventions.Bodies;

/// <summary>One of several objects, told apart by a field such as <c>type</c>, which may stand anywhere in it.</summary>
sealed class VariantShape(string discriminator, IReadOnlyDictionary<string, Shape> variants) : Shape
{
    protected override (string Type, string Message) Mismatch => (FaultTypes.Object, "Must be an object.");

    public override bool TryRead(JsonElement json, Place place, RequestFaults faults, out object? value)
    {
        value = null;
        if (json.ValueKind != JsonValueKind.Object)
            return Refuse(json, place, faults);
        // By their texts: to look a field up by its name throws where another's is no text.
        JsonElement[] kinds = [.. json.EnumerateObject().Where(field => field.TryGetName(out var name) && name == discriminator).Select(field => field.Value)];
        if (kinds is not [var kind, ..])
        {
            faults.AddShape(place.Field(discriminator).ToLoc(), FaultTypes.Missing, "Field required.");
            return false;
        }

        if (kinds.Length > 1)
            faults.AddShape(place.Field(discriminator).ToLoc(), FaultTypes.Duplicate, "Given more than once.");
        var given = kind.ValueKind == JsonValueKind.String && kind.TryGetText(out var text) ? text : null;
        if (given is not null && variants.TryGetValue(given, out var variant))
            return variant.TryRead(json, place, faults, out value);
        string[] names = [.. variants.Keys];
        faults.AddShape(place.Field(discriminator).ToLoc(), FaultTypes.Enum, UnknownName.Message(names, given), kind, UnknownName.Context(names));
        return false;
    }
}
