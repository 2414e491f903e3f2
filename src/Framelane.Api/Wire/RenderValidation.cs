using Framelane.Application.Renders.Validate;

namespace Framelane.Api.Wire;

/// <summary>Whether a scene would be taken, and what it would come to.</summary>
public sealed record RenderValidation
{
    public required bool Valid { get; init; }

    /// <summary>All that `POST /v1/renders` would refuse it for, as its 422 says it: sorted by place.</summary>
    public required IReadOnlyList<ValidationError> Errors { get; init; }

    /// <summary>What will not be seen or heard as it is asked for, a sentence each: as a job's, as far as that is known without the sources.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>Null where it is not valid.</summary>
    public RenderEstimate? Estimate { get; init; }

    public static RenderValidation Invalid(IReadOnlyList<ValidationError> errors) => new() { Valid = false, Errors = errors, Warnings = [] };

    public static RenderValidation Of(RenderForecast forecast) =>
        new() { Valid = true, Errors = [], Warnings = forecast.Warnings, Estimate = forecast.Estimate };
}
