using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Framelane.Api.Conventions.Validation;

namespace Framelane.Api.Conventions.Bodies;

/// <summary>A value that only its own converter knows how to read: it is right or wrong as a whole.</summary>
sealed class OpaqueShape(JsonTypeInfo type) : Shape
{
    protected override (string Type, string Message) Mismatch => (FaultTypes.Invalid, "Not a valid value.");

    public override bool TryRead(JsonElement json, Place place, RequestFaults faults, out object? value)
    {
        try
        {
            value = json.Deserialize(type);
            return true;
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException)
        {
            value = null;
            return Refuse(json, place, faults);
        }
    }
}
