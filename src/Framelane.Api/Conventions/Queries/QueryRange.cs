using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Metadata;

namespace Framelane.Api.Conventions.Queries;

/// <summary>The range that a parameter's <see cref="RangeAttribute"/> names; the OpenAPI document reads the same attribute.</summary>
sealed record QueryRange(int Min, int Max)
{
    public static QueryRange Of(ModelMetadata parameter) =>
        (parameter as DefaultModelMetadata)?.Attributes.ParameterAttributes?.OfType<RangeAttribute>().FirstOrDefault() is { } range
            ? new((int)range.Minimum, (int)range.Maximum)
            : new(int.MinValue, int.MaxValue);
}
