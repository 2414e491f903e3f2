using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Framelane.Client;

/// <summary>Reads a name of an answer that this version of the client does not know, such as a later server's new stage, as <c>Unknown</c>, and never sends that.</summary>
sealed class AnswerEnumConverter<T> : JsonConverter<T>
    where T : struct, Enum
{
    static readonly Dictionary<string, T> Known = typeof(T).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (field.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name, Value: (T)field.GetValue(null)!))
        .Where(member => member.Name is not null)
        .ToDictionary(member => member.Name!, member => member.Value, StringComparer.Ordinal);

    static readonly Dictionary<T, string> Names = Known.ToDictionary(member => member.Value, member => member.Key);

    static readonly T Unknown = Enum.Parse<T>(nameof(Unknown));

    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType == JsonTokenType.String
        ? Known.GetValueOrDefault(reader.GetString()!, Unknown)
        : throw new JsonException($"{typeof(T).Name} is a text.");

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(
        Names.TryGetValue(value, out var name) ? name : throw new JsonException($"{value} is no {typeof(T).Name} that can be sent."));
}
