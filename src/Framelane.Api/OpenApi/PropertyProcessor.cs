using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Framelane.Application.Common;
using Namotion.Reflection;
using NJsonSchema;
using NJsonSchema.Generation;

namespace Framelane.Api.OpenApi;

/// <summary>Gives objects and their properties titles and defaults, and says which properties are always there.</summary>
sealed class PropertyProcessor : ISchemaProcessor
{
    public void Process(SchemaProcessorContext context)
    {
        var type = context.ContextualType.Type;
        if (context.Schema.Properties.Count == 0)
            return;

        context.Schema.Title = new SchemaNames().Generate(type);
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ListResponse<>))
            context.Schema.Description = "A page of a list, newest first.";

        var defaults = type.Name.EndsWith("Request", StringComparison.Ordinal) ? Activator.CreateInstance(type) : null;
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (!context.Schema.Properties.TryGetValue(WireJson.Options.PropertyNamingPolicy!.ConvertName(property.Name), out var schema))
                continue;
            Describe(schema, property);
            if (defaults is not null && !schema.IsRequired && !IsOptional(property))
                schema.Default = Plain(property.GetValue(defaults));
        }
    }

    /// <summary>Named values by their names on the wire; what holds others is empty where it is left out, and needs no default.</summary>
    static object? Plain(object? value) => value switch
    {
        Enum => JsonSerializer.SerializeToElement(value, value.GetType(), WireJson.Options).GetString(),
        string or bool or int or long or double or null => value,
        _ => null,
    };

    static void Describe(JsonSchemaProperty schema, PropertyInfo property)
    {
        schema.IsRequired = IsRequired(property);
        schema.MinLength = null;
        // NSwag reads the limits of a range alone. As 3.0 says it: 3.1 has a number of its own for it, which the conversion makes of this.
        if (property.GetCustomAttribute<RangeAttribute>() is { MinimumIsExclusive: true })
            schema.IsExclusiveMinimum = true;
        if (schema.Reference is null && schema.OneOf.Count == 0)
            schema.Title = Titles.Of(schema.Name);
        if (schema.Type.HasFlag(JsonObjectType.String) && (schema.Name == "url" || schema.Name.EndsWith("_url", StringComparison.Ordinal)))
            schema.Format = "uri";
        if (IsOptional(property) && property.ToContextualProperty().PropertyType.GenericArguments[0].Nullability == Nullability.Nullable)
            schema.IsNullableRaw = true;
    }

    static bool IsOptional(PropertyInfo property) =>
        property.PropertyType.IsGenericType && property.PropertyType.GetGenericTypeDefinition() == typeof(Optional<>);

    /// <remarks>A <c>required</c> member, or a record's parameter without a default.</remarks>
    static bool IsRequired(PropertyInfo property) =>
        property.IsDefined(typeof(RequiredMemberAttribute))
        || property.DeclaringType!.GetConstructors().Any(constructor => constructor.GetParameters().Any(parameter =>
            parameter.Name == property.Name && !parameter.HasDefaultValue));
}
