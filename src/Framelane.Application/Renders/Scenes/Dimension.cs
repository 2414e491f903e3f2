using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Framelane.Application.Renders.Scenes;

/// <summary>What the number of a <see cref="Dimension"/> counts.</summary>
public enum DimensionUnit
{
    /// <summary>A bare number: pixels of a length, per cent of a scale, degrees of an angle.</summary>
    Number,

    /// <summary><c>"50%"</c>: of the canvas, of the element for an anchor, of its size for a scale.</summary>
    Percent,

    /// <summary><c>"90°"</c> or <c>"90deg"</c>.</summary>
    Degrees,

    /// <summary><c>"1.5rad"</c>.</summary>
    Radians,
}

/// <summary>A length, a scale or an angle of a scene: a number, or a text with its unit (contract/scene.md, "Placement").</summary>
[JsonConverter(typeof(DimensionConverter))]
public readonly record struct Dimension(double Value, DimensionUnit Unit)
{
    const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    static readonly (string Suffix, DimensionUnit Unit)[] Suffixes =
        [("%", DimensionUnit.Percent), ("°", DimensionUnit.Degrees), ("deg", DimensionUnit.Degrees), ("rad", DimensionUnit.Radians)];

    public static Dimension Number(double value) => new(value, DimensionUnit.Number);

    public static Dimension Percent(double value) => new(value, DimensionUnit.Percent);

    public static Dimension Degrees(double value) => new(value, DimensionUnit.Degrees);

    /// <summary>Reads a text with its unit. A number in a text, without a unit, is none: it was to be sent as a number.</summary>
    /// <remarks>With an exponent too: so <see cref="ToString"/> writes what is very small or large, and a scene is stored as it is written.</remarks>
    public static bool TryParse(string? text, out Dimension dimension)
    {
        foreach (var (suffix, unit) in Suffixes)
        {
            if (text?.EndsWith(suffix, StringComparison.Ordinal) == true
                && double.TryParse(text.AsSpan(0, text.Length - suffix.Length), Style, CultureInfo.InvariantCulture, out var value)
                && double.IsFinite(value))
            {
                dimension = new(value, unit);
                return true;
            }
        }

        dimension = default;
        return false;
    }

    /// <summary>In pixels.</summary>
    /// <param name="whole">What 100 % is, in pixels.</param>
    public double ToPixels(double whole) => Unit == DimensionUnit.Percent ? Value / 100 * whole : Value;

    /// <summary>As a factor: 1 changes nothing.</summary>
    public double ToFactor() => Value / 100;

    /// <summary>In degrees, positive clockwise.</summary>
    public double ToDegrees() => Unit == DimensionUnit.Radians ? Value * 180 / Math.PI : Value;

    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture) + Unit switch
    {
        DimensionUnit.Percent => "%",
        DimensionUnit.Degrees => "°",
        DimensionUnit.Radians => "rad",
        _ => "",
    };
}

sealed class DimensionConverter : JsonConverter<Dimension>
{
    public override Dimension Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.Number when reader.TryGetDouble(out var number) && double.IsFinite(number) => Dimension.Number(number),
        JsonTokenType.String when Dimension.TryParse(reader.GetString(), out var dimension) => dimension,
        _ => throw new JsonException(),
    };

    public override void Write(Utf8JsonWriter writer, Dimension value, JsonSerializerOptions options)
    {
        if (value.Unit == DimensionUnit.Number)
            writer.WriteNumberValue(value.Value);
        else
            writer.WriteStringValue(value.ToString());
    }
}
