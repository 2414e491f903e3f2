using System.Collections.Concurrent;
using System.Text.Json;
using Framelane.Application.Common;

namespace Framelane.Api.Conventions.Bodies;

/// <summary>The values of an enumeration by their wire names, in bodies and queries alike.</summary>
sealed class EnumNames
{
    static readonly ConcurrentDictionary<Type, EnumNames> Known = new();

    readonly Dictionary<string, object> values;

    EnumNames(Type type)
    {
        values = Enum.GetValues(type)
            .Cast<object>()
            .ToDictionary(value => JsonSerializer.SerializeToElement(value, type, WireJson.Options).GetString()!);
    }

    public IReadOnlyCollection<string> All => values.Keys;

    public static EnumNames Of(Type type) => Known.GetOrAdd(type, static type => new(type));

    public bool TryParse(string text, out object? value) => values.TryGetValue(text, out value);
}
