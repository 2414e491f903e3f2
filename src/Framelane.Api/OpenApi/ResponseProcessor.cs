using System.Globalization;
using Framelane.Api.Conventions.RateLimiting;
using Framelane.Api.Wire;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.Formatters;
using Namotion.Reflection;
using NJsonSchema;
using NSwag;
using NSwag.Generation.AspNetCore;
using NSwag.Generation.Processors;
using NSwag.Generation.Processors.Contexts;

namespace Framelane.Api.OpenApi;

/// <summary>Adds the refusals that follow from an operation's form, and describes what its author left undescribed.</summary>
sealed class ResponseProcessor : IOperationProcessor
{
    const string ProbesTag = "system";

    static readonly Dictionary<string, string> Descriptions = new()
    {
        ["200"] = "Successful Response",
        ["201"] = "Created",
        ["202"] = "Accepted",
        ["204"] = "Done",
        ["304"] = "Not changed",
        ["400"] = "The body is not JSON, or a header is malformed.",
        ["401"] = "Missing or invalid API key.",
        ["402"] = "The plan's quota is used up.",
        ["403"] = "The workspace's mail address is not verified, or its plan does not include this.",
        ["409"] = "In conflict with the state of things, or with another request under the same Idempotency-Key.",
        ["413"] = "The body is too large.",
        ["415"] = "The body is not of a supported media type.",
        ["422"] = "Validation Error",
        ["429"] = "Too many requests.",
        ["500"] = "A fault of ours; `error.details` holds the trace id.",
        ["503"] = "Not available at the moment, or not configured.",
        ["504"] = "It took longer than it may.",
    };

    public bool Process(OperationProcessorContext context)
    {
        var description = context.OperationDescription;
        var isPost = description.Method == OpenApiOperationMethod.Post;
        var hasBody = description.Operation.RequestBody is not null;
        if (isPost || hasBody)
            AddError(context, StatusCodes.Status400BadRequest);
        if (hasBody)
        {
            AddError(context, StatusCodes.Status413PayloadTooLarge);
            AddError(context, StatusCodes.Status415UnsupportedMediaType);
        }

        if (SecurityProcessor.NeedsKey(context))
        {
            AddError(context, StatusCodes.Status401Unauthorized);
            AddError(context, StatusCodes.Status403Forbidden);
        }

        if (!IsUnmetered(context))
            AddError(context, StatusCodes.Status429TooManyRequests);
        if (!description.Operation.Tags.Contains(ProbesTag))
        {
            AddError(context, StatusCodes.Status500InternalServerError);
            AddError(context, StatusCodes.Status503ServiceUnavailable);
        }

        var responses = description.Operation.Responses;
        foreach (var (status, response) in responses)
        {
            if (string.IsNullOrEmpty(response.Description))
                response.Description = status == "404" ? NotFound(description.Path) : Descriptions.GetValueOrDefault(status, status);
        }

        foreach (var file in context.MethodInfo.GetCustomAttributes(inherit: true).OfType<ProducesResponseTypeAttribute>().Where(each => typeof(FileResult).IsAssignableFrom(each.Type)))
            NameFile(responses[file.StatusCode.ToString(CultureInfo.InvariantCulture)], file);

        var sorted = responses.OrderBy(response => response.Key, StringComparer.Ordinal).ToArray();
        responses.Clear();
        foreach (var (status, response) in sorted)
            responses.Add(status, response);
        return true;
    }

    static bool IsUnmetered(OperationProcessorContext context) =>
        ((AspNetCoreOperationProcessorContext)context).ApiDescription.ActionDescriptor.EndpointMetadata.OfType<UnmeteredAttribute>().Any();

    static void AddError(OperationProcessorContext context, int status)
    {
        var response = new OpenApiResponse();
        response.Content["application/json"] = new OpenApiMediaType
        {
            Schema = context.SchemaGenerator.GenerateWithReference<JsonSchema>(typeof(ErrorResponse).ToContextualType(), context.SchemaResolver),
        };
        context.OperationDescription.Operation.Responses.TryAdd(status.ToString(CultureInfo.InvariantCulture), response);
    }

    /// <summary>NSwag calls every file an octet stream.</summary>
    static void NameFile(OpenApiResponse response, IApiResponseMetadataProvider declared)
    {
        var types = new MediaTypeCollection();
        declared.SetContentTypes(types);
        var content = response.Content.Values.Single();
        response.Content.Clear();
        foreach (var type in types)
            response.Content[type] = content;
    }

    /// <summary>"Webhook not found.": what the ids in the path name, or any other parameter does.</summary>
    static string NotFound(string path)
    {
        string[] resources =
        [
            .. path.Split('/')
                .Where(segment => segment.StartsWith('{'))
                .Select(id => id == "{key_id}" ? "API key" : Titles.Of(id.Trim('{', '}').Replace("_id", "", StringComparison.Ordinal))),
        ];
        return resources.Length == 0 ? "Not found." : string.Join(' ', resources.Select(resource => $"{resource} not found."));
    }
}
