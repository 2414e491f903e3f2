using Framelane.Application.Renders.Scenes;
using NJsonSchema;
using NJsonSchema.Generation.TypeMappers;

namespace Framelane.Api.OpenApi;

/// <summary>Describes <see cref="Dimension"/>: a number, or a text with its unit.</summary>
sealed class DimensionTypeMapper : ITypeMapper
{
    public Type MappedType => typeof(Dimension);

    public bool UseReference => true;

    public void GenerateSchema(JsonSchema schema, TypeMapperContext context)
    {
        if (!context.JsonSchemaResolver.HasSchema(MappedType, isIntegerEnumeration: false))
            context.JsonSchemaResolver.AddSchema(MappedType, isIntegerEnumeration: false, Make());
        schema.Reference = context.JsonSchemaResolver.GetSchema(MappedType, isIntegerEnumeration: false);
    }

    static JsonSchema Make()
    {
        var dimension = new JsonSchema
        {
            Title = nameof(Dimension),
            Description = "A length, a scale or an angle: a number (pixels, per cent, degrees), or a text with its unit, such as `\"50%\"`, `\"90°\"`, `\"90deg\"` or `\"1.5rad\"`.",
        };
        dimension.AnyOf.Add(new JsonSchema { Type = JsonObjectType.Number });
        dimension.AnyOf.Add(new JsonSchema { Type = JsonObjectType.String, Pattern = @"^[+-]?\d*\.?\d+([eE][+-]?\d+)?(%|°|deg|rad)$" });
        return dimension;
    }
}
