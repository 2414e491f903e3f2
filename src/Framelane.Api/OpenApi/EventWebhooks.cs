using System.Text.Json.Nodes;
using Framelane.Domain.Events;
using Microsoft.OpenApi;

namespace Framelane.Api.OpenApi;

/// <summary>Describes what receivers are sent (contract/webhooks.md, "Signature" and "Events"), which OpenAPI can say since 3.1.</summary>
static class EventWebhooks
{
    const string Tag = "webhooks";

    const string EventSchema = "WebhookEvent";

    static readonly (string Name, string Description)[] Headers =
    [
        ("Framelane-Signature", "`t=<Unix seconds>,v1=<hex>`: HMAC-SHA256, keyed with the whole secret, over `t`, a full stop and the raw body. Two `v1` in a grace period."),
        ("Framelane-Delivery", "The delivery's id."),
        ("Framelane-Attempt", "Which attempt at the delivery this is, from 1."),
        ("Framelane-Event", "The event's type."),
        ("webhook-id", "The event's id, the same in every attempt (Standard Webhooks)."),
        ("webhook-timestamp", "Unix seconds of the attempt (Standard Webhooks)."),
        ("webhook-signature", "`v1,<base64>`, separated by a space where two secrets sign (Standard Webhooks)."),
    ];

    public static void Add(OpenApiDocument document)
    {
        var parameters = document.Components!.Parameters ??= new Dictionary<string, IOpenApiParameter>();
        foreach (var (name, description) in Headers)
        {
            parameters[name] = new OpenApiParameter
            {
                Name = name,
                In = ParameterLocation.Header,
                Required = true,
                Description = description,
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            };
        }

        document.Webhooks = EventTypes.All.ToDictionary(type => type, type => (IOpenApiPathItem)Describe(document, type));
        EnumerateEvents(document);
    }

    static OpenApiPathItem Describe(OpenApiDocument document, string type) => new()
    {
        Operations = new()
        {
            [HttpMethod.Post] = new OpenApiOperation
            {
                Tags = new HashSet<OpenApiTagReference> { new(Tag, document) },
                Summary = type,
                Description = "Sent to every webhook that asked for it. Answer within 10 seconds.",
                OperationId = "receive_" + type.Replace('.', '_'),
                Parameters = [.. Headers.Select(header => new OpenApiParameterReference(header.Name, document))],
                RequestBody = new OpenApiRequestBody
                {
                    Required = true,
                    Content = new Dictionary<string, IOpenApiMediaType> { ["application/json"] = new OpenApiMediaType { Schema = Body(document, type) } },
                },
                Responses = new()
                {
                    ["2XX"] = new OpenApiResponse { Description = "Received." },
                    ["410"] = new OpenApiResponse { Description = "Gone: the webhook is disabled at once." },
                    ["default"] = new OpenApiResponse { Description = "Not received: it is attempted again." },
                },
                Security = [],
            },
        },
    };

    static OpenApiSchema Body(OpenApiDocument document, string type) => new()
    {
        AllOf =
        [
            new OpenApiSchemaReference(EventSchema, document),
            new OpenApiSchema { Properties = new Dictionary<string, IOpenApiSchema> { ["type"] = new OpenApiSchema { Const = type } } },
        ],
    };

    /// <summary>Names the events that can be asked for. Answers may name others as the API grows, and so stay open.</summary>
    static void EnumerateEvents(OpenApiDocument document)
    {
        foreach (var request in document.Components!.Schemas!.Where(schema => schema.Key.EndsWith("Request", StringComparison.Ordinal)))
        {
            if (request.Value.Properties is { } properties && properties.TryGetValue("events", out var events) && events.Items is OpenApiSchema item)
                item.Enum = [.. EventTypes.All.Select(type => (JsonNode)type)];
        }
    }
}
