using System.Text.Json;
using System.Text.Unicode;
using Framelane.Api.Conventions.Errors;
using Framelane.Api.Conventions.Validation;

namespace Framelane.Api.Conventions.Bodies;

/// <summary>Reads a JSON body as a type of request.</summary>
/// <remarks>
/// All faults of shape are collected, and the rest is bound, so that validators find the faults of meaning in the same go. A field that
/// has a fault keeps its default, so a validator must bear null in any field; what it then says of that field is dropped.
/// </remarks>
sealed class BodyReader(ShapeCatalogue shapes)
{
    static readonly JsonDocumentOptions Strict = new() { MaxDepth = 64 };

    /// <returns>The request; null where the body as a whole is none, which is then among the faults.</returns>
    /// <exception cref="RefusedException">It is not JSON.</exception>
    public object? Read(ReadOnlySpan<byte> utf8, Type type, RequestFaults faults) =>
        shapes.Of(type).TryRead(Parse(utf8), Place.Body, faults, out var request) ? request : null;

    static JsonElement Parse(ReadOnlySpan<byte> utf8)
    {
        if (!Utf8.IsValid(utf8))
            throw new RefusedException(ApiErrors.NotJson);
        try
        {
            return JsonElement.Parse(utf8, Strict);
        }
        catch (JsonException)
        {
            throw new RefusedException(ApiErrors.NotJson);
        }
    }
}
