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
        var isOne = takesOne && json.ValueKind == JsonValueKind.Object;
        if (!isOne && json.ValueKind != JsonValueKind.Array)
            return Refuse(json, place, faults);

        JsonElement[] given = isOne ? [json] : [.. json.EnumerateArray()];
        var items = Array.CreateInstance(elementType, given.Length);
        var index = 0;
        foreach (var item in given)
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
