using FluentValidation.Results;
using Framelane.Application.Common;

namespace Framelane.Api.Conventions.Validation;

/// <summary>Makes faults of what validators found: stable words for the validators' codes, wire names for limits.</summary>
static class MeaningFaults
{
    static readonly Dictionary<string, string> Words = new()
    {
        ["NotNullValidator"] = FaultTypes.Missing,
        ["NotEmptyValidator"] = FaultTypes.TooShort,
        ["MinimumLengthValidator"] = FaultTypes.TooShort,
        ["MaximumLengthValidator"] = FaultTypes.TooLong,
        ["InclusiveBetweenValidator"] = FaultTypes.OutOfRange,
        ["ExclusiveBetweenValidator"] = FaultTypes.OutOfRange,
        ["GreaterThanValidator"] = FaultTypes.OutOfRange,
        ["GreaterThanOrEqualValidator"] = FaultTypes.OutOfRange,
        ["LessThanValidator"] = FaultTypes.OutOfRange,
        ["LessThanOrEqualValidator"] = FaultTypes.OutOfRange,
        ["EnumValidator"] = FaultTypes.Enum,
        ["RegularExpressionValidator"] = FaultTypes.Pattern,
    };

    static readonly Dictionary<string, string> Limits = new()
    {
        ["MinLength"] = "min_length",
        ["MaxLength"] = "max_length",
        ["From"] = "ge",
        ["To"] = "le",
        ["ComparisonValue"] = "limit",
    };

    public static ValidationFault Of(Type root, ValidationFailure failure) => new(
        WirePath.Of(root, failure.PropertyName),
        failure.ErrorMessage,
        WordFor(failure),
        failure.AttemptedValue,
        ContextOf(failure));

    static string WordFor(ValidationFailure failure)
    {
        if (failure.ErrorCode == "LengthValidator")
            return failure.AttemptedValue is string { Length: var length } && length > Limit(failure, "MaxLength") ? FaultTypes.TooLong : FaultTypes.TooShort;

        // Our own rules give their word themselves; a library's name for a rule is no word of the wire.
        return Words.TryGetValue(failure.ErrorCode ?? "", out var word)
            ? word
            : failure.ErrorCode is { } own && !own.EndsWith("Validator", StringComparison.Ordinal) ? own : FaultTypes.Invalid;
    }

    static int Limit(ValidationFailure failure, string name) =>
        failure.FormattedMessagePlaceholderValues?.GetValueOrDefault(name) is int limit ? limit : int.MaxValue;

    static Dictionary<string, object?>? ContextOf(ValidationFailure failure)
    {
        var context = Limits
            .Where(limit => failure.FormattedMessagePlaceholderValues?.GetValueOrDefault(limit.Key) is int and >= 0 or long or double or decimal)
            .ToDictionary(limit => limit.Value, limit => (object?)failure.FormattedMessagePlaceholderValues[limit.Key]);
        return context.Count > 0 ? context : null;
    }
}
