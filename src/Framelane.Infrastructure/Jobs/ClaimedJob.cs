using Framelane.Application.Jobs;
using Framelane.Domain.Jobs;
using Framelane.Domain.Workspaces;
using Framelane.Infrastructure.Leasing;

namespace Framelane.Infrastructure.Jobs;

/// <summary>A job that this process holds.</summary>
/// <param name="Fence">Names the claim: what is asked for under one that was lost changes nothing.</param>
/// <param name="Request">What was asked for, as JSON in UTF-8.</param>
sealed record ClaimedJob(JobId Id, WorkspaceId WorkspaceId, JobKind Kind, JobStatus Status, long Fence, byte[] Request) : IClaim
{
    public string Name => Id.Value;

    /// <summary>Those of its sources that lie in storage.</summary>
    public IReadOnlyList<StoredSource> Sources { get; init; } = [];
}

/// <summary>What came of a run.</summary>
/// <param name="ContentKey">See <see cref="Job.ContentKey"/>.</param>
sealed record JobResult(JobOutput Output, IReadOnlyList<string> Warnings, string? ContentKey = null);

readonly record struct JobProgress(JobStage Stage, int Percent);
