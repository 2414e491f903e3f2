using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Framelane.Api.Conventions.Validation;

namespace Framelane.Api.Conventions.Bodies;

/// <summary>An object with fields of its own. Fields that it does not know are ignored.</summary>
sealed class ObjectShape(JsonTypeInfo type, Func<IEnumerable<FieldShape>> fieldShapes) : Shape
{
    // Found out at first use, since types may hold themselves.
    readonly Lazy<Dictionary<string, FieldShape>> fields = new(() => fieldShapes().ToDictionary(field => field.Name));

    protected override (string Type, string Message) Mismatch => (FaultTypes.Object, "Must be an object.");

    public override bool TryRead(JsonElement json, Place place, RequestFaults faults, out object? value)
    {
        value = null;
        if (json.ValueKind != JsonValueKind.Object)
            return Refuse(json, place, faults);

        value = type.CreateObject!();
        var given = new HashSet<FieldShape>();
        foreach (var property in json.EnumerateObject())
        {
            if (!property.TryGetName(out var name) || !fields.Value.TryGetValue(name, out var field))
                continue;
            var at = place.Field(name);
            if (!given.Add(field))
                faults.AddShape(at.ToLoc(), FaultTypes.Duplicate, "Given more than once.");
            else if (field.Slot.TryRead(property.Value, at, faults, out var read))
                field.Set(value, read);
        }

        foreach (var missing in fields.Value.Values.Where(field => field.IsRequired && !given.Contains(field)))
            faults.AddShape(place.Field(missing.Name).ToLoc(), FaultTypes.Missing, "Field required.");
        return true;
    }
}

/// <param name="Set">Gives the object the value.</param>
sealed record FieldShape(string Name, bool IsRequired, Slot Slot, Action<object, object?> Set);
