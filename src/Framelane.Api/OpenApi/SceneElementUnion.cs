using System.Reflection;
using System.Text.Json.Serialization;
using Framelane.Application.Common;
using Framelane.Application.Renders.Scenes;
using Namotion.Reflection;
using NJsonSchema;
using NSwag;
using NSwag.Generation.Processors;
using NSwag.Generation.Processors.Contexts;

namespace Framelane.Api.OpenApi;

/// <summary>Describes an element of a scene as one of its kinds, which its <c>type</c> tells.</summary>
sealed class SceneElementUnion : IDocumentProcessor
{
    const string Discriminator = "type";

    static readonly IReadOnlyList<(Type Type, string Name)> Kinds =
        [.. typeof(SceneElement).GetCustomAttributes<JsonDerivedTypeAttribute>().Select(kind => (kind.DerivedType, (string)kind.TypeDiscriminator!))];

    public void Process(DocumentProcessorContext context)
    {
        var union = context.SchemaGenerator.Generate(typeof(SceneElement).ToContextualType(), context.SchemaResolver).ActualSchema;
        union.Properties.Clear();
        union.Type = JsonObjectType.None;
        union.IsAbstract = false;
        union.DiscriminatorObject = new() { PropertyName = Discriminator };
        foreach (var (type, name) in Kinds)
        {
            var kind = context.SchemaGenerator.Generate(type.ToContextualType(), context.SchemaResolver).ActualSchema;
            kind.Properties[Discriminator] = new() { Title = "Type", Type = JsonObjectType.String, IsRequired = true };
            kind.Properties[Discriminator].Enumeration.Add(name);
            union.OneOf.Add(new JsonSchema { Reference = kind });
            union.DiscriminatorObject.Mapping[name] = new JsonSchema { Reference = kind };
        }
    }

    /// <summary>The same as C# says it: kinds that inherit what all have. Which is which, the client's own half of the base class says.</summary>
    public static void Inherit(OpenApiDocument document)
    {
        var schemas = document.Components.Schemas;
        var whole = schemas[nameof(SceneElement)];
        var shared = typeof(SceneElement).GetProperties().Select(property => WireJson.Options.PropertyNamingPolicy!.ConvertName(property.Name)).ToArray();
        whole.OneOf.Clear();
        whole.DiscriminatorObject = null;
        whole.Type = JsonObjectType.Object;
        whole.IsAbstract = true;
        foreach (var kind in Kinds.Select(kind => schemas[kind.Type.Name]))
        {
            kind.Properties.Remove(Discriminator);
            kind.RequiredProperties.Remove(Discriminator);
            foreach (var name in shared)
            {
                if (!kind.Properties.Remove(name, out var property))
                    continue;
                whole.Properties.TryAdd(name, property);
            }

            kind.AllOf.Add(new JsonSchema { Reference = whole });
        }
    }
}
