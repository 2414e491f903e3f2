using System.Text.Json;

namespace Framelane.Client;

/// <summary>The API refused, or could not answer.</summary>
public partial class FramelaneApiException
{
    /// <summary>The stable <c>error.code</c>, such as <c>not_found</c>; null where the answer held none.</summary>
    public string? Code => this switch
    {
        FramelaneApiException<ErrorResponse> { Result: { } body } => body.Error.Code,
        FramelaneApiException<HTTPValidationError> { Result: { } body } => CodeOf(body),
        _ => null,
    };

    /// <remarks>The published schema of the 422 names the faults alone; the envelope of all errors is beside them.</remarks>
    static string? CodeOf(HTTPValidationError body) =>
        body.AdditionalProperties.TryGetValue("error", out var error)
        && error is JsonElement { ValueKind: JsonValueKind.Object } envelope
        && envelope.TryGetProperty("code", out var code)
            ? code.GetString()
            : null;
}
