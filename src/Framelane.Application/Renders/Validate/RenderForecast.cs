namespace Framelane.Application.Renders.Validate;

/// <summary>What is known of a render before it is made.</summary>
/// <param name="Warnings">What will not be as it is asked for, a sentence each.</param>
public sealed record RenderForecast(IReadOnlyList<string> Warnings, RenderEstimate Estimate);

/// <summary>How large a render is, and about how much work.</summary>
public sealed record RenderEstimate
{
    /// <summary>Seconds that a machine like this one works on it, without fetching; a guess. Null where the duration is not known.</summary>
    public required double? WorkSeconds { get; init; }

    /// <summary>Minutes of output, as usage counts them; 0 of a still. Null where the duration is not known.</summary>
    public required double? RenderMinutes { get; init; }

    /// <summary>Null where the duration is not known.</summary>
    public required int? Frames { get; init; }

    /// <summary>Pixels of the output.</summary>
    public required int Width { get; init; }

    /// <summary>Pixels of the output.</summary>
    public required int Height { get; init; }

    /// <summary>Seconds of the output; null of a still, and where it follows from a source that nothing is known of before it is fetched.</summary>
    public required double? Duration { get; init; }

    /// <summary>Frames a second.</summary>
    public required double FrameRate { get; init; }
}
