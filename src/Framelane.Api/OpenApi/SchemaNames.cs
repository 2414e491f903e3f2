using Framelane.Application.Common;
using Framelane.Application.Events;
using NJsonSchema.Generation;

namespace Framelane.Api.OpenApi;

/// <summary>Names of the document's schemas: those of the types, but <c>WebhookPage</c> for a <c>ListResponse</c> of <c>WebhookResponse</c>.</summary>
sealed class SchemaNames : ISchemaNameGenerator
{
    readonly DefaultSchemaNameGenerator others = new();

    public string Generate(Type type)
    {
        if (type == typeof(EventBody))
            return "WebhookEvent";
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ListResponse<>))
            return WithoutResponse(type.GetGenericArguments()[0].Name) + "Page";
        return others.Generate(type);
    }

    static string WithoutResponse(string name) => name.EndsWith("Response", StringComparison.Ordinal) ? name[..^"Response".Length] : name;
}
