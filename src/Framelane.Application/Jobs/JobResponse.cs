using Framelane.Domain.Jobs;

namespace Framelane.Application.Jobs;

/// <summary>A job as the API and its webhooks show it.</summary>
public sealed record JobResponse
{
    public required string Id { get; init; }

    public required JobKind Kind { get; init; }

    public required string WorkspaceId { get; init; }

    public required JobStatus Status { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Null for a render.</summary>
    public TaskType? TaskType { get; init; }

    /// <summary>0 to 100.</summary>
    public int ProgressPercent { get; init; }

    /// <summary>Null while it is not being processed.</summary>
    public JobStage? ProgressStage { get; init; }

    /// <summary>Set once completed.</summary>
    public JobOutputResponse? Output { get; init; }

    /// <summary>Set once failed.</summary>
    public JobErrorResponse? Error { get; init; }

    /// <summary>The caller's own, echoed.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    /// <summary>What was not as it was asked for, a sentence each.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Whether it is a draft: the scene made small, by <c>POST /v1/renders/preview?type=draft</c>.</summary>
    public bool Draft { get; init; }

    /// <summary>When it completed, failed or was cancelled.</summary>
    public DateTimeOffset? CompletedAt { get; init; }
}

/// <summary>What a job made.</summary>
public sealed record JobOutputResponse
{
    /// <summary>Where it is downloaded with the API key: it answers with a signed URL, or 404 once the file is no longer kept.</summary>
    public required string Url { get; init; }

    /// <summary>Pixels; null where it is no picture.</summary>
    public int? Width { get; init; }

    /// <summary>Pixels; null where it is no picture.</summary>
    public int? Height { get; init; }

    /// <summary>Seconds; null for a still picture.</summary>
    public double? Duration { get; init; }

    public required long SizeBytes { get; init; }
}

/// <summary>Why a job failed.</summary>
public sealed record JobErrorResponse
{
    /// <summary>Stable; branch on it.</summary>
    public required string Code { get; init; }

    /// <summary>For a person; may change.</summary>
    public required string Message { get; init; }
}
