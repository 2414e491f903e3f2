using System.Text.Json;

namespace Framelane.Client;

/// <summary>The API refused, or could not answer.</summary>
public partial class FramelaneApiException
{
    /// <summary>Characters. No error of the API is nearly as long; what is, is of somebody else on the way.</summary>
    const int MaxErrorLength = 1 << 18;

    /// <summary>The stable <c>error.code</c>, such as <c>not_found</c>; null where the answer held none.</summary>
    public string? Code => this switch
    {
        FramelaneApiException<ErrorResponse> { Result.Error.Code: { } code } => code,
        FramelaneApiException<HTTPValidationError> { Result: { } body } => CodeOf(body),
        _ => CodeOf(Response),
    };

    /// <remarks>The published schema of the 422 names the faults alone; the envelope of all errors is beside them.</remarks>
    static string? CodeOf(HTTPValidationError body) =>
        body.AdditionalProperties.TryGetValue("error", out var error) && error is JsonElement envelope ? CodeIn(envelope) : null;

    /// <remarks>Of a status that the description does not have: it may be the API's own, or that of a proxy before it.</remarks>
    static string? CodeOf(string? response)
    {
        if (response is null or { Length: > MaxErrorLength })
            return null;
        try
        {
            using var body = JsonDocument.Parse(response);
            return body.RootElement.ValueKind == JsonValueKind.Object && body.RootElement.TryGetProperty("error", out var error) ? CodeIn(error) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    static string? CodeIn(JsonElement envelope)
    {
        if (envelope.ValueKind != JsonValueKind.Object || !envelope.TryGetProperty("code", out var code) || code.ValueKind != JsonValueKind.String)
            return null;
        try
        {
            return code.GetString();
        }
        catch (InvalidOperationException)
        {
            // Half of a pair of surrogates is no text.
            return null;
        }
    }
}
