using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Framelane.Api.Conventions.Bodies;
using Framelane.Application.Common;

namespace Framelane.Api.Conventions.Validation;

/// <summary>The one place that makes a wire place of a property path: <c>Elements[0].Url.Value</c> is <c>body, elements, 0, url</c>.</summary>
static class WirePath
{
    public static IReadOnlyList<object> Of(Type root, string propertyPath)
    {
        var loc = new List<object> { "body" };
        Type? type = root;
        foreach (var step in propertyPath.Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, indexes) = Split(step);
            if (type is not null && OptionalShape.IsOptional(type) && name == nameof(Optional<>.Value))
            {
                // What wraps the value is not on the wire.
                type = type.GetGenericArguments()[0];
            }
            else if (name.Length > 0)
            {
                var property = type is null ? null : PropertyOf(type, name);
                loc.Add(property?.Wire ?? JsonNamingPolicy.SnakeCaseLower.ConvertName(name));
                type = property?.Type;
            }

            foreach (var index in indexes)
            {
                loc.Add(int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : index);
                type = type is null ? null : WireJson.Options.GetTypeInfo(type).ElementType;
            }
        }

        return loc;
    }

    static (string Name, IEnumerable<string> Indexes) Split(string step)
    {
        var parts = step.Split('[');
        return (parts[0], parts.Skip(1).Select(part => part.TrimEnd(']')));
    }

    static (string Wire, Type Type)? PropertyOf(Type type, string name) => WireJson.Options.GetTypeInfo(type).Properties
        .Where(property => (property.AttributeProvider as MemberInfo)?.Name == name)
        .Select(property => ((string, Type)?)(property.Name, property.PropertyType))
        .FirstOrDefault();
}
