using System.Text.Json;
using Framelane.Api.Conventions.Validation;

namespace Framelane.Api.Conventions.Bodies;

/// <summary>A list or an array. An element that has a fault keeps its place, empty, so that later faults name the right index.</summary>
sealed class ListShape(Type type, Type elementType, Func<Slot> elementSlot) : Shape
{
    readonly Lazy<Slot> element = new(elementSlot);

    protected override (string Type, string Message) Mismatch => (FaultTypes.List, "Must be a list.");

    public override bool TryRead(JsonElement json, Place place, RequestFaults faults, out object? value)
    {
        value = null;
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

        value = type.IsInstanceOfType(items) ? items : Activator.CreateInstance(typeof(List<>).MakeGenericType(elementType), items);
        return true;
    }
}
