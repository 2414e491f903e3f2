using System.Text.Json;
using Framelane.Api.Conventions.Validation;

namespace Framelane.Api.Conventions.Bodies;

/// <summary>A list or an array. An element that has a fault keeps its place, empty, so that later faults name the right index.</summary>
/// <param name="takesOne">Whether an element may stand where a list of it alone would.</param>
sealed class ListShape(Type type, Type elementType, Func<Slot> elementSlot, bool takesOne = false) : Shape
{
    readonly Lazy<Slot> element = new(elementSlot);

    protected override (string Type, string Message) Mismatch => (FaultTypes.List, "Must be a list.");

    public override bool TryRead(JsonElement json, Place place, RequestFaults faults, out object? value)
    {
        value = null;
        if (takesOne && json.ValueKind == JsonValueKind.Object)
            return TryReadOne(json, place, faults, out value);
        if (json.ValueKind != JsonValueKind.Array)
            return Refuse(json, place, faults);

        var items = Array.CreateInstance(elementType, json.GetArrayLength());
        var index = 0;
        foreach (var item in json.EnumerateArray())
        {
            if (faults.IsFull)
                return false;
            if (element.Value.TryRead(item, place.Index(index), faults, out var read))
                items.SetValue(read, index);
            index++;
        }

        value = ListOf(items);
        return true;
    }

    bool TryReadOne(JsonElement json, Place place, RequestFaults faults, out object? value)
    {
        value = null;
        if (!element.Value.TryRead(json, place.Index(0), faults, out var read))
            return false;
        var items = Array.CreateInstance(elementType, 1);
        items.SetValue(read, 0);
        value = ListOf(items);
        return true;
    }

    object? ListOf(Array items) => type.IsInstanceOfType(items) ? items : Activator.CreateInstance(typeof(List<>).MakeGenericType(elementType), items);
}
