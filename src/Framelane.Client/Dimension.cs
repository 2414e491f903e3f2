using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Framelane.Client;

/// <summary>A length, a scale or an angle of a scene: a number, or a text with its unit. Both convert by themselves: <c>X = 100</c>, <c>X = "50%"</c>.</summary>
[JsonConverter(typeof(DimensionConverter))]
public sealed record Dimension
{
    Dimension(string text, bool isNumber) => (Text, IsNumber) = (text, isNumber);

    /// <summary>As it is written: <c>100</c>, <c>50%</c>, <c>90°</c>, <c>1.5rad</c>.</summary>
    public string Text { get; }

    /// <summary>Whether it has no unit: pixels of a length, per cent of a scale, degrees of an angle.</summary>
    public bool IsNumber { get; }

    /// <summary>Pixels of a length, per cent of a scale, degrees of an angle.</summary>
    public static implicit operator Dimension(double number) => FromDouble(number);

    /// <summary>A number with its unit: <c>%</c>, <c>°</c>, <c>deg</c> or <c>rad</c>. The API refuses what is none.</summary>
    public static implicit operator Dimension(string text) => FromString(text);

    /// <inheritdoc cref="op_Implicit(double)"/>
    public static Dimension FromDouble(double number) => new(number.ToString(CultureInfo.InvariantCulture), isNumber: true);

    /// <inheritdoc cref="op_Implicit(string)"/>
    public static Dimension FromString(string text) => new(text, isNumber: false);

    /// <inheritdoc/>
    public override string ToString() => Text;
}

sealed class DimensionConverter : JsonConverter<Dimension>
{
    public override Dimension Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.Number => Dimension.FromDouble(reader.GetDouble()),
        JsonTokenType.String => Dimension.FromString(reader.GetString()!),
        _ => throw new JsonException("A dimension is a number or a text."),
    };

    public override void Write(Utf8JsonWriter writer, Dimension value, JsonSerializerOptions options)
    {
        if (value.IsNumber)
            writer.WriteRawValue(value.Text);
        else
            writer.WriteStringValue(value.Text);
    }
}
