using System.Globalization;
using Framelane.Api.Conventions.Bodies;
using Framelane.Api.Conventions.Validation;

namespace Framelane.Api.Conventions.Queries;

/// <summary>What a parameter's text stands for, or what is wrong with it.</summary>
sealed record QueryValue(object? Value, QueryFault? Fault = null)
{
    const NumberStyles Number = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    public static QueryValue Of(string text) =>
        JsonText.IsStorable(text) ? new(text) : new(null, new(FaultTypes.Unicode, $"Must be {JsonText.Rule}.", null));

    public static Func<string, QueryValue> NameOf(Type enumeration)
    {
        var names = EnumNames.Of(enumeration);
        return text => names.TryParse(text, out var value)
            ? new(value)
            : new(null, new(FaultTypes.Enum, UnknownName.Message(names.All, text), UnknownName.Context(names.All)));
    }

    /// <remarks>Such as 1.5 or 1e-5, as in a body; no infinity.</remarks>
    public static Func<string, QueryValue> NumberFrom(NumberRange range) => text =>
    {
        if (!double.TryParse(text, Number, CultureInfo.InvariantCulture, out var value) || !double.IsFinite(value))
            return new(null, new(FaultTypes.Number, "Must be a number.", null));
        return value >= range.Min && value <= range.Max ? new(value) : new(null, new(FaultTypes.OutOfRange, Between(range), Limits(range)));
    };

    public static Func<string, QueryValue> IntegerBetween(QueryRange range)
    {
        var context = new Dictionary<string, object?> { ["ge"] = range.Min, ["le"] = range.Max };
        return text =>
        {
            if (text.AsSpan().TrimStart('-') is not { Length: > 0 } digits || digits.ContainsAnyExceptInRange('0', '9'))
                return new(null, new(FaultTypes.Integer, "Must be a whole number.", null));
            return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= range.Min && value <= range.Max
                ? new(value)
                : new(null, new(FaultTypes.OutOfRange, $"Must be between {range.Min} and {range.Max}.", context));
        };
    }

    static string Between(NumberRange range) => range.Max < double.MaxValue
        ? string.Create(CultureInfo.InvariantCulture, $"Must be between {range.Min} and {range.Max}.")
        : string.Create(CultureInfo.InvariantCulture, $"Must be at least {range.Min}.");

    static Dictionary<string, object?> Limits(NumberRange range) =>
        range.Max < double.MaxValue ? new() { ["ge"] = range.Min, ["le"] = range.Max } : new() { ["ge"] = range.Min };
}

sealed record QueryFault(string Type, string Message, IReadOnlyDictionary<string, object?>? Context);
