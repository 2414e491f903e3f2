using Framelane.Application.Common;
using Namotion.Reflection;
using NJsonSchema;
using NJsonSchema.Generation.TypeMappers;

namespace Framelane.Api.OpenApi;

/// <summary>Describes <see cref="Optional{T}"/> as the value that it may hold: that it may be left out is said by not requiring it.</summary>
sealed class OptionalTypeMapper : ITypeMapper
{
    public Type MappedType => typeof(Optional<>);

    public bool UseReference => false;

    public void GenerateSchema(JsonSchema schema, TypeMapperContext context)
    {
        var value = context.Type.ToContextualType().GenericArguments[0];
        context.JsonSchemaGenerator.Generate(schema, value, context.JsonSchemaResolver);
    }
}
