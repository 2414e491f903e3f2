using System.Collections;
using System.Text.Json;
using Framelane.Api.Conventions.Validation;

namespace Framelane.Api.Conventions.Bodies;

/// <summary>An object whose field names are the caller's own.</summary>
sealed class MapShape(Type valueType, Func<Slot> valueSlot) : Shape
{
    readonly Lazy<Slot> slot = new(valueSlot);

    readonly Type mapType = typeof(Dictionary<,>).MakeGenericType(typeof(string), valueType);

    protected override (string Type, string Message) Mismatch => (FaultTypes.Object, "Must be an object.");

    public override bool TryRead(JsonElement json, Place place, RequestFaults faults, out object? value)
    {
        value = null;
        if (json.ValueKind != JsonValueKind.Object)
            return Refuse(json, place, faults);

        var map = (IDictionary)Activator.CreateInstance(mapType)!;
        var given = new HashSet<string>();
        foreach (var entry in json.EnumerateObject())
        {
            if (faults.IsFull)
                return false;
            if (!entry.TryGetName(out var name))
                faults.AddShape(place.ToLoc(), FaultTypes.Unicode, $"Names must be {JsonText.Rule}.");
            else if (!given.Add(name))
                faults.AddShape(place.Field(name).ToLoc(), FaultTypes.Duplicate, "Given more than once.");
            else if (slot.Value.TryRead(entry.Value, place.Field(name), faults, out var read))
                map.Add(name, read);
        }

        value = map;
        return true;
    }
}
