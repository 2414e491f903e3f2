using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Framelane.Application.Common;

/// <summary>JSON as the API speaks it, in bodies, events and remembered answers alike.</summary>
public static class WireJson
{
    public static JsonSerializerOptions Options { get; } = MakeReadOnly(Make(new JsonSerializerOptions()));

    /// <summary>Gives the options the wire's form: snake_case names and enum values, times in UTC.</summary>
    public static JsonSerializerOptions Make(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        options.PropertyNameCaseInsensitive = false;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false));
        options.Converters.Add(new UtcTimestampConverter());
        return options;
    }

    /// <summary>Complete from the start: who asks for a type's metadata need not have serialised something first.</summary>
    static JsonSerializerOptions MakeReadOnly(JsonSerializerOptions options)
    {
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
