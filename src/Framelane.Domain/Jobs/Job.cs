using Framelane.Domain.Common;
using Framelane.Domain.Workspaces;

namespace Framelane.Domain.Jobs;

/// <summary>A piece of work that was asked for: a render, or a task on media. Workers hold it by a lease, and may die.</summary>
/// <remarks>
/// Ingesting → queued → processing → completed, failed or cancelled (contract/api.md, "Jobs"). What a worker asks for under a lease that
/// it has lost changes nothing: every claim raises the fence.
/// </remarks>
public sealed class Job : ILeased
{
    /// <summary>So often a job is taken up; one that always takes its worker down with it must not do so for ever.</summary>
    public const int MaxRuns = 5;

    /// <summary>Per cent of progress from one event to the next, at least.</summary>
    public const int ProgressStep = 10;

    /// <summary>From one event of progress to the next, at least.</summary>
    public static readonly TimeSpan ProgressPause = TimeSpan.FromSeconds(1);

    Job()
    {
    }

    public JobId Id { get; private set; }

    public JobKind Kind { get; private set; }

    /// <summary>Null for a render.</summary>
    public TaskType? TaskType { get; private set; }

    public WorkspaceId WorkspaceId { get; private set; }

    public JobStatus Status { get; private set; }

    /// <summary>0 to 100.</summary>
    public int ProgressPercent { get; private set; }

    /// <summary>Null while it is not being processed.</summary>
    public JobStage? ProgressStage { get; private set; }

    /// <summary>Set once completed.</summary>
    public JobOutput? Output { get; private set; }

    /// <summary>Names what decided about its output, in hexadecimal: another job of the workspace with the same makes the same. Null where that is not kept.</summary>
    public string? ContentKey { get; private set; }

    /// <summary>When the file that it made went; null while it is kept.</summary>
    public DateTimeOffset? OutputRemovedAt { get; private set; }

    /// <summary>Set once failed.</summary>
    public JobError? Error { get; private set; }

    /// <summary>The caller's own, echoed.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; private set; } = new Dictionary<string, string>();

    /// <summary>What was not as it was asked for, a sentence each.</summary>
    public IReadOnlyList<string> Warnings { get; private set; } = [];

    /// <summary>A render of the scene made small, to be looked at before it is rendered as it is.</summary>
    public bool IsDraft { get; private set; }

    /// <summary>Milliseconds of output that it keeps from its workspace's allowance until it ends.</summary>
    public long ReservedMilliseconds { get; private set; }

    /// <summary>Where its events go in place of the workspace's webhooks.</summary>
    public string? WebhookUrl { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    /// <summary>When it became terminal.</summary>
    public DateTimeOffset? CompletedAt { get; private set; }

    /// <summary>The sequence of its last event.</summary>
    public int Sequence { get; private set; }

    /// <summary>How often a worker has taken it up.</summary>
    public int Runs { get; private set; }

    /// <summary>When a worker may take it up: at once, or when the lease of the one that has it ends.</summary>
    public DateTimeOffset ClaimableAt { get; private set; }

    /// <summary>Raised by every claim: whoever holds an older one has lost its lease.</summary>
    public long Fence { get; private set; }

    /// <summary>Since when it has been terminal with runs behind it whose files nobody may have removed; null where there are none, or not any more.</summary>
    public DateTimeOffset? LeftoversSince { get; private set; }

    /// <summary>The progress of the last event that told of it, and when that was.</summary>
    public int ToldPercent { get; private set; }

    public DateTimeOffset? ToldAt { get; private set; }

    public bool IsTerminal => Status is JobStatus.Completed or JobStatus.Failed or JobStatus.Cancelled;

    /// <param name="ingests">Whether external sources are copied into storage first.</param>
    /// <param name="isDraft">Whether the scene was made small for it.</param>
    /// <param name="reservedMilliseconds">See <see cref="ReservedMilliseconds"/>.</param>
    public static Job Submit(
        JobId id,
        JobKind kind,
        TaskType? taskType,
        WorkspaceId workspaceId,
        IReadOnlyDictionary<string, string> metadata,
        string? webhookUrl,
        IReadOnlyList<string> warnings,
        bool ingests,
        DateTimeOffset now,
        bool isDraft = false,
        long reservedMilliseconds = 0)
    {
        if (kind == JobKind.Task != taskType.HasValue)
            throw new ArgumentException("A task has a type, and a render has none.", nameof(taskType));
        return new()
        {
            Id = id,
            Kind = kind,
            TaskType = taskType,
            WorkspaceId = workspaceId,
            Status = ingests ? JobStatus.Ingesting : JobStatus.Queued,
            Metadata = metadata,
            WebhookUrl = webhookUrl,
            Warnings = warnings,
            IsDraft = isDraft,
            ReservedMilliseconds = reservedMilliseconds,
            CreatedAt = now,
            UpdatedAt = now,
            ClaimableAt = now,
        };
    }

    /// <summary>A worker takes it up, for as long as the lease. One that was queued is then being processed.</summary>
    /// <returns>Whether it is the first time that it is processed, which its owner is told.</returns>
    public bool Claim(TimeSpan lease, DateTimeOffset now)
    {
        if (IsTerminal || ClaimableAt > now)
            throw new InvalidOperationException($"{Id} cannot be claimed now.");
        var starts = Status == JobStatus.Queued;
        if (starts)
            Become(JobStatus.Processing, now);
        ClaimableAt = now + lease;
        Fence++;
        Runs++;
        return starts;
    }

    public bool IsHeld(long fence) => !IsTerminal && Fence == fence;

    public void HandBack(DateTimeOffset claimableAt)
    {
        ClaimableAt = claimableAt;
        Fence++;
        Runs--;
    }

    /// <summary>What it needs is not there yet: nobody holds it until then.</summary>
    public void PutOff(DateTimeOffset until)
    {
        if (Status == JobStatus.Processing)
            throw new InvalidOperationException($"{Id} is being processed.");
        ClaimableAt = until;
    }

    /// <summary>Its external sources lie in storage.</summary>
    public void Ingested(DateTimeOffset now)
    {
        Require(JobStatus.Ingesting);
        Become(JobStatus.Queued, now);
        ClaimableAt = now;
        Fence++;
        Runs = 0;
    }

    /// <summary>How far it is. What was reached before a worker died is not taken back.</summary>
    /// <returns>Whether its owner is told: at most one a step of <see cref="ProgressStep"/> and one a <see cref="ProgressPause"/>.</returns>
    public bool Progress(JobStage stage, int percent, DateTimeOffset now)
    {
        Require(JobStatus.Processing);
        ProgressPercent = Math.Max(ProgressPercent, Math.Clamp(percent, 0, 100));
        ProgressStage = stage;
        UpdatedAt = now;
        if (ProgressPercent / ProgressStep <= ToldPercent / ProgressStep || now - ToldAt < ProgressPause)
            return false;
        ToldPercent = ProgressPercent;
        ToldAt = now;
        return true;
    }

    /// <param name="warnings">Those that are told already are not told twice.</param>
    /// <param name="contentKey">See <see cref="ContentKey"/>.</param>
    public void Complete(JobOutput output, IReadOnlyList<string> warnings, DateTimeOffset now, string? contentKey = null)
    {
        Require(JobStatus.Processing);
        Output = output;
        ContentKey = contentKey;
        Warnings = [.. Warnings.Union(warnings)];
        ProgressPercent = 100;
        End(JobStatus.Completed, now);
    }

    public void Fail(JobError error, DateTimeOffset now)
    {
        if (IsTerminal)
            throw new InvalidOperationException($"{Id} is {Status} already.");
        Error = error;
        End(JobStatus.Failed, now);
    }

    /// <returns>Whether it was cancelled; false where it is terminal already.</returns>
    public bool Cancel(DateTimeOffset now)
    {
        if (IsTerminal)
            return false;
        End(JobStatus.Cancelled, now);
        Fence++;
        return true;
    }

    /// <summary>The file that it made is kept no longer. What it was is still told.</summary>
    public void RemoveOutput(DateTimeOffset now) => OutputRemovedAt ??= Output is null ? throw new InvalidOperationException($"{Id} made nothing.") : now;

    /// <summary>What its runs left is removed.</summary>
    public void ForgetLeftovers() => LeftoversSince = null;

    /// <summary>They could not be removed, and are looked at again as if they were from now.</summary>
    public void KeepLeftovers(DateTimeOffset now) => LeftoversSince = LeftoversSince is null ? null : now;

    /// <summary>The place of its next event among its events, from 1.</summary>
    public int NextSequence() => ++Sequence;

    void End(JobStatus status, DateTimeOffset now)
    {
        Become(status, now);
        ProgressStage = null;
        CompletedAt = now;
        LeftoversSince = Fence > (status == JobStatus.Completed ? 1 : 0) ? now : null;
    }

    void Become(JobStatus status, DateTimeOffset now) => (Status, UpdatedAt) = (status, now);

    void Require(JobStatus status)
    {
        if (Status != status)
            throw new InvalidOperationException($"{Id} is {Status}, not {status}.");
    }
}
