namespace Framelane.Application.Workspaces.GetUsage;

/// <summary>What a workspace used in a period.</summary>
public sealed record UsageResponse
{
    public required DateTimeOffset PeriodStart { get; init; }

    /// <summary>Exclusive.</summary>
    public required DateTimeOffset PeriodEnd { get; init; }

    /// <summary>Minutes of video that completed renders made.</summary>
    public required double RenderMinutes { get; init; }

    /// <summary>Tasks that were completed.</summary>
    public required long TaskCount { get; init; }

    /// <summary>Bytes of files, each time that an address to download one was given out.</summary>
    public required long EgressBytes { get; init; }
}
