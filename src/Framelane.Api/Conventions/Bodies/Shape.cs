using System.Text.Json;
using Framelane.Api.Conventions.Validation;

namespace Framelane.Api.Conventions.Bodies;

/// <summary>What JSON a type of request is made of. Reading collects every fault and binds what has none.</summary>
abstract class Shape
{
    /// <summary>The stable word for "this is of another kind", and the sentence for it.</summary>
    protected abstract (string Type, string Message) Mismatch { get; }

    /// <summary>What would be right, where a program can use it.</summary>
    protected virtual IReadOnlyDictionary<string, object?>? Expected => null;

    /// <returns>Whether there is a value to bind. Where there is none, a fault says why.</returns>
    public abstract bool TryRead(JsonElement json, Place place, RequestFaults faults, out object? value);

    public bool Refuse(JsonElement json, Place place, RequestFaults faults)
    {
        faults.AddShape(place.ToLoc(), Mismatch.Type, Mismatch.Message, json, Expected);
        return false;
    }
}
