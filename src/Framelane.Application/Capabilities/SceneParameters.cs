using System.Reflection;
using System.Text.Json;
using Framelane.Application.Renders.Scenes;

namespace Framelane.Application.Capabilities;

/// <summary>The numbers, switches and named values of a part of a scene, with their ranges and defaults, as its wire type has them.</summary>
static class SceneParameters
{
    /// <param name="prefix">Of the names, for what lies inside another part.</param>
    public static Dictionary<string, CapabilityParameter> Of<TPart>(string prefix = "")
        where TPart : class
    {
        var ranges = SceneRanges.Of(typeof(TPart)).ToDictionary(range => range.Property);
        var part = Activator.CreateInstance<TPart>();
        return typeof(TPart).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.CanWrite)
            .Select(property => (property.Name, Parameter: Of(property, ranges.GetValueOrDefault(property), property.GetValue(part))))
            .Where(each => each.Parameter is not null)
            .ToDictionary(each => prefix + Wire(each.Name), each => each.Parameter!);
    }

    static CapabilityParameter? Of(PropertyInfo property, SceneRange? range, object? given)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        if (type.IsEnum)
            return new("string", Default: given is null ? null : Wire(given.ToString()!), Enum: [.. Enum.GetNames(type).Select(Wire)]);
        if (type == typeof(bool))
            return new("boolean", Default: given);
        if (type != typeof(int) && type != typeof(double))
            return null;

        // What must be given has none.
        var isRequired = property.IsDefined(typeof(System.Runtime.CompilerServices.RequiredMemberAttribute));
        return new(
            type == typeof(int) ? "integer" : "number",
            range?.Min,
            range is { HasMax: true } ? range.Max : null,
            isRequired ? null : given,
            ExclusiveMin: range is { IsAbove: true });
    }

    static string Wire(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
}
