using Framelane.Application.Renders.Scenes;
using NJsonSchema;
using NJsonSchema.Generation.TypeMappers;

namespace Framelane.Api.OpenApi;

/// <summary>Describes <see cref="Dimension"/>: a number, or a text with its unit.</summary>
sealed class DimensionTypeMapper : ITypeMapper
{
    public Type MappedType => typeof(Dimension);

    public bool UseReference => false;

    public void GenerateSchema(JsonSchema schema, TypeMapperContext context)
    {
        schema.AnyOf.Add(new JsonSchema { Type = JsonObjectType.Number });
        schema.AnyOf.Add(new JsonSchema { Type = JsonObjectType.String, Pattern = @"^[+-]?\d*\.?\d+(%|°|deg|rad)$" });
    }
}
