using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Framelane.Application.Common;

namespace Framelane.Api.Conventions.Bodies;

/// <summary>Derives shapes from types as the serializer sees them, so that reading and writing follow one set of names and rules.</summary>
sealed class ShapeCatalogue
{
    static readonly Dictionary<Type, Shape> Scalars = new()
    {
        [typeof(string)] = new TextShape(),
        [typeof(bool)] = new BoolShape(),
        [typeof(byte)] = new IntegerShape(typeof(byte), byte.MinValue, byte.MaxValue),
        [typeof(short)] = new IntegerShape(typeof(short), short.MinValue, short.MaxValue),
        [typeof(int)] = new IntegerShape(typeof(int), int.MinValue, int.MaxValue),
        [typeof(long)] = new IntegerShape(typeof(long), long.MinValue, long.MaxValue),
        [typeof(float)] = new NumberShape(typeof(float)),
        [typeof(double)] = new NumberShape(typeof(double)),
        [typeof(decimal)] = new NumberShape(typeof(decimal)),
        [typeof(DateTimeOffset)] = new TimeShape(),
    };

    readonly ConcurrentDictionary<Type, Shape> objects = new();

    readonly JsonSerializerOptions options = WireJson.Options;

    public Shape Of(Type type) => ShapeOf(type, null);

    Shape ShapeOf(Type type, NullabilityInfo? nullability)
    {
        if (Scalars.TryGetValue(type, out var scalar))
            return scalar;
        if (type.IsEnum)
            return new EnumShape(type);
        if (OptionalShape.IsOptional(type))
            return new OptionalShape(type, SlotOf(type.GetGenericArguments()[0], nullability?.GenericTypeArguments[0]));

        var info = options.GetTypeInfo(type);
        return info.Kind switch
        {
            JsonTypeInfoKind.Object => objects.GetOrAdd(type, _ => info.PolymorphismOptions is { } union ? UnionOf(union) : ObjectOf(info)),
            JsonTypeInfoKind.Enumerable => ListOf(info, nullability),
            JsonTypeInfoKind.Dictionary when info.KeyType == typeof(string) =>
                new MapShape(info.ElementType!, () => SlotOf(info.ElementType!, PartOf(nullability))),
            _ => new OpaqueShape(info),
        };
    }

    VariantShape UnionOf(JsonPolymorphismOptions union) => new(
        union.TypeDiscriminatorPropertyName,
        union.DerivedTypes.ToDictionary(variant => (string)variant.TypeDiscriminator!, variant => (Shape)ObjectOf(options.GetTypeInfo(variant.DerivedType))));

    ObjectShape ObjectOf(JsonTypeInfo info) => info.CreateObject is null
        ? throw new NotSupportedException($"{info.Type} needs a constructor without parameters to be read from a request.")
        : new(info, () => info.Properties.Where(property => property.Set is not null).Select(FieldOf));

    FieldShape FieldOf(JsonPropertyInfo property)
    {
        var nullability = property.AttributeProvider is PropertyInfo member ? new NullabilityInfoContext().Create(member) : null;
        var slot = SlotOf(property.PropertyType, nullability);
        if (property.AttributeProvider?.IsDefined(typeof(TakesOneAttribute), inherit: true) == true)
            slot = slot with { Shape = ListOf(options.GetTypeInfo(property.PropertyType), nullability, takesOne: true) };
        return new(property.Name, property.IsRequired, slot, property.Set!);
    }

    ListShape ListOf(JsonTypeInfo list, NullabilityInfo? nullability, bool takesOne = false) =>
        new(list.Type, list.ElementType!, () => SlotOf(list.ElementType!, PartOf(nullability)), takesOne);

    Slot SlotOf(Type type, NullabilityInfo? nullability)
    {
        if (OptionalShape.IsOptional(type))
            return new(ShapeOf(type, nullability), NullRule.LeftToShape);
        if (Nullable.GetUnderlyingType(type) is { } underlying)
            return new(ShapeOf(underlying, null), NullRule.Allowed);
        var allowed = !type.IsValueType && nullability?.WriteState == NullabilityState.Nullable;
        return new(ShapeOf(type, nullability), allowed ? NullRule.Allowed : NullRule.Refused);
    }

    static NullabilityInfo? PartOf(NullabilityInfo? whole) => whole?.ElementType ?? whole?.GenericTypeArguments.LastOrDefault();
}
