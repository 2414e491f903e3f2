using System.Text.Json;
using Framelane.Api.Conventions.Validation;
using Framelane.Application.Common;

namespace Framelane.Api.Conventions.Bodies;

/// <summary>A field of a PATCH body: left out it stays what it is, given it is wrapped, be it as null.</summary>
sealed class OptionalShape(Type type, Slot inner) : Shape
{
    protected override (string Type, string Message) Mismatch => throw new InvalidOperationException("The inner shape refuses.");

    public static bool IsOptional(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Optional<>);

    public override bool TryRead(JsonElement json, Place place, RequestFaults faults, out object? value)
    {
        value = null;
        if (!inner.TryRead(json, place, faults, out var given))
            return false;
        value = Activator.CreateInstance(type, given);
        return true;
    }
}
