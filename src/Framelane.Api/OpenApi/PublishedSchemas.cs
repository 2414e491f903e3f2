using Framelane.Api.Wire;
using Framelane.Application.Events;
using Namotion.Reflection;
using NJsonSchema;
using NSwag.Generation.Processors;
using NSwag.Generation.Processors.Contexts;

namespace Framelane.Api.OpenApi;

/// <summary>The schemas that are published to the letter, and the event's, which no operation answers.</summary>
/// <remarks>The 422's body carries the error envelope too; the published schema does not name it, and allows it.</remarks>
sealed class PublishedSchemas : IDocumentProcessor
{
    public void Process(DocumentProcessorContext context)
    {
        var body = Get(context, typeof(EventBody));
        body.Description = "What is posted to receivers. Every attempt at a delivery posts the same bytes.";
        body.Properties["data"].Type = JsonObjectType.Object;

        Rewrite(Get(context, typeof(ValidationError)), FillValidationError);
        var fault = Get(context, typeof(ValidationError));
        Rewrite(Get(context, typeof(HTTPValidationError)), schema => FillHttpValidationError(schema, fault));
    }

    static JsonSchema Get(DocumentProcessorContext context, Type type) =>
        context.SchemaGenerator.Generate(type.ToContextualType(), context.SchemaResolver).ActualSchema;

    static void Rewrite(JsonSchema schema, Action<JsonSchema> fill)
    {
        schema.Properties.Clear();
        schema.RequiredProperties.Clear();
        fill(schema);
    }

    static void FillHttpValidationError(JsonSchema schema, JsonSchema fault)
    {
        schema.Title = "HTTPValidationError";
        schema.Description = "All faults of a request. The body is an ErrorResponse as well: its `error.code` is `validation_error`.";
        schema.Properties["detail"] = new()
        {
            Title = "Detail",
            Type = JsonObjectType.Array,
            Item = new JsonSchema { Reference = fault },
            Description = "Sorted by place.",
        };
    }

    static void FillValidationError(JsonSchema schema)
    {
        schema.Title = "ValidationError";
        var place = new JsonSchema();
        place.AnyOf.Add(new JsonSchema { Type = JsonObjectType.String });
        place.AnyOf.Add(new JsonSchema { Type = JsonObjectType.Integer });
        schema.Properties["loc"] = new()
        {
            Title = "Location",
            Type = JsonObjectType.Array,
            Item = place,
            IsRequired = true,
            Description = "Wire names and array indexes from `body`, `query`, `path` or `header` on.",
        };
        schema.Properties["msg"] = new()
        {
            Title = "Message",
            Type = JsonObjectType.String,
            IsRequired = true,
            Description = "A sentence for a person; may change.",
        };
        schema.Properties["type"] = new()
        {
            Title = "Error Type",
            Type = JsonObjectType.String,
            IsRequired = true,
            Description = "A stable word for the kind of fault.",
        };
        schema.Properties["input"] = new() { Title = "Input", Description = "What was sent there; left out where it could be a secret." };
        schema.Properties["ctx"] = new()
        {
            Title = "Context",
            Type = JsonObjectType.Object,
            Description = "The limits that were broken, where there are any.",
        };
    }
}
