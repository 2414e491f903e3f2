using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Metadata;

namespace Framelane.Api.Conventions.Queries;

/// <summary>The range that a parameter's <see cref="RangeAttribute"/> names; the OpenAPI document reads the same attribute.</summary>
sealed record QueryRange(int Min, int Max)
{
    public static QueryRange Of(ModelMetadata parameter) =>
        AttributeOf(parameter) is { } range ? new((int)range.Minimum, (int)range.Maximum) : new(int.MinValue, int.MaxValue);

    public static RangeAttribute? AttributeOf(ModelMetadata parameter) =>
        (parameter as DefaultModelMetadata)?.Attributes.ParameterAttributes?.OfType<RangeAttribute>().FirstOrDefault();
}

/// <summary>The same of a number that need not be whole.</summary>
sealed record NumberRange(double Min, double Max)
{
    public static NumberRange Of(ModelMetadata parameter) =>
        QueryRange.AttributeOf(parameter) is { } range ? new((double)range.Minimum, (double)range.Maximum) : new(double.MinValue, double.MaxValue);
}
