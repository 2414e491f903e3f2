using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Framelane.Api.Conventions.Bodies;
using Framelane.Application.Common;

namespace Framelane.Api.Conventions.Validation;

/// <summary>The one place that makes a wire place of a property path: <c>Elements[0].Url.Value</c> is <c>body, elements, 0, url</c>.</summary>
/// <remarks>A key that a caller chose stands in quotes (<see cref="PathKey"/>), for it may hold whatever a path is made of.</remarks>
static class WirePath
{
    public static IReadOnlyList<object> Of(Type root, string propertyPath)
    {
        var loc = new List<object> { "body" };
        Type? type = root;
        foreach (var (part, isIndex) in Parts(propertyPath))
        {
            if (isIndex)
            {
                loc.Add(IndexOf(part));
                type = type is null ? null : WireJson.Options.GetTypeInfo(type).ElementType;
            }
            else if (type is not null && OptionalShape.IsOptional(type) && part == nameof(Optional<>.Value))
            {
                // What wraps the value is not on the wire.
                type = type.GetGenericArguments()[0];
            }
            else
            {
                var property = type is null ? null : PropertyOf(type, part);
                loc.Add(property?.Wire ?? JsonNamingPolicy.SnakeCaseLower.ConvertName(part));
                type = property?.Type;
            }
        }

        return loc;
    }

    /// <summary>Names, and what stands in brackets.</summary>
    static IEnumerable<(string Part, bool IsIndex)> Parts(string path)
    {
        for (var at = 0; at < path.Length;)
        {
            if (path[at] == '.')
            {
                at++;
            }
            else if (path[at] == '[')
            {
                var closing = Closing(path, at);
                yield return (path[(at + 1)..closing], true);
                at = closing + 1;
            }
            else
            {
                var length = path.AsSpan(at).IndexOfAny('.', '[');
                var end = length < 0 ? path.Length : at + length;
                yield return (path[at..end], false);
                at = end;
            }
        }
    }

    /// <summary>Where the bracket that opens there is closed. One within quotes closes nothing.</summary>
    static int Closing(string path, int open)
    {
        var inQuotes = false;
        for (var at = open + 1; at < path.Length; at++)
        {
            if (path[at] == '"')
                inQuotes = !inQuotes;
            else if (path[at] == '\\' && inQuotes)
                at++;
            else if (path[at] == ']' && !inQuotes)
                return at;
        }

        return path.Length;
    }

    static object IndexOf(string text) =>
        PathKey.Read(text) ?? (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : (object)text);

    static (string Wire, Type Type)? PropertyOf(Type type, string name) => WireJson.Options.GetTypeInfo(type).Properties
        .Where(property => (property.AttributeProvider as MemberInfo)?.Name == name)
        .Select(property => ((string, Type)?)(property.Name, property.PropertyType))
        .FirstOrDefault();
}
