using Microsoft.OpenApi;

namespace Framelane.Api.OpenApi;

/// <summary>Describes once the headers that answers share, and refers to them (contract/api.md, "Rate limits").</summary>
static class ResponseHeaders
{
    /// <summary>Probes are not counted, and so tell no limits.</summary>
    public const string UncountedTag = "system";

    const string RetryAfter = "Retry-After";

    const string TooManyRequests = "429";

    static readonly Dictionary<string, string> Limits = new()
    {
        ["RateLimit-Limit"] = "Requests that are allowed in the window.",
        ["RateLimit-Remaining"] = "Requests that are left in the window.",
        ["RateLimit-Reset"] = "Seconds until the window starts anew.",
    };

    public static void Add(OpenApiDocument document)
    {
        var headers = document.Components!.Headers ??= new Dictionary<string, IOpenApiHeader>();
        foreach (var (name, description) in Limits)
            headers[name] = Seconds(description);
        headers[RetryAfter] = Seconds("Seconds after which the request may be sent again.");

        var operations = document.Paths.Values
            .SelectMany(path => path.Operations!.Values)
            .Where(operation => !operation.Tags!.Any(tag => tag.Reference.Id == UncountedTag));
        foreach (var (status, response) in operations.SelectMany(operation => operation.Responses!))
            Refer(document, (OpenApiResponse)response, status == TooManyRequests ? [.. Limits.Keys, RetryAfter] : Limits.Keys);
    }

    static void Refer(OpenApiDocument document, OpenApiResponse response, IEnumerable<string> names)
    {
        response.Headers ??= new Dictionary<string, IOpenApiHeader>();
        foreach (var name in names)
            response.Headers[name] = new OpenApiHeaderReference(name, document);
    }

    static OpenApiHeader Seconds(string description) => new()
    {
        Description = description,
        Schema = new OpenApiSchema { Type = JsonSchemaType.Integer, Minimum = "0" },
    };
}
