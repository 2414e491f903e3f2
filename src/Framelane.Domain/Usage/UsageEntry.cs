using Framelane.Domain.Jobs;
using Framelane.Domain.Workspaces;

namespace Framelane.Domain.Usage;

/// <summary>A line of a workspace's ledger: so much was used, then. Lines are added and never changed, but for egress: of that each hour has one, which grows.</summary>
public sealed class UsageEntry
{
    UsageEntry()
    {
    }

    public UsageEntryId Id { get; private set; }

    public WorkspaceId WorkspaceId { get; private set; }

    public UsageKind Kind { get; private set; }

    /// <summary>In the kind's unit; above 0.</summary>
    public long Quantity { get; private set; }

    /// <summary>The job that used it, of which there is one line at most; null for egress, and for what a former workspace used.</summary>
    public JobId? JobId { get; private set; }

    /// <summary>For egress the hour's beginning.</summary>
    public DateTimeOffset At { get; private set; }

    /// <summary>What a job counts for that has just completed; null where that is nothing: a still picture has no length.</summary>
    public static UsageEntry? OfCompleted(Job job)
    {
        if (job is not { CompletedAt: { } now, Output: { } output })
            throw new ArgumentException($"{job.Id} is {job.Status}.", nameof(job));
        return job.Kind == JobKind.Task ? Of(job.WorkspaceId, UsageKind.Task, 1, job.Id, now)
            : output.Duration is { } seconds ? Of(job.WorkspaceId, UsageKind.Render, (long)Math.Round(seconds * 1000), job.Id, now)
            : null;
    }

    /// <param name="milliseconds">Of output, which whoever owns the workspace had this month from one that they deleted.</param>
    public static UsageEntry? OfFormer(WorkspaceId workspaceId, long milliseconds, DateTimeOffset now) => Of(workspaceId, UsageKind.Render, milliseconds, jobId: null, now);

    /// <param name="bytes">Of the file for which an address was given out: each time, whether or not it is then fetched.</param>
    public static UsageEntry? OfEgress(WorkspaceId workspaceId, long bytes, DateTimeOffset now) => Of(workspaceId, UsageKind.Egress, bytes, jobId: null, HourOf(now));

    static DateTimeOffset HourOf(DateTimeOffset instant) => new(instant.UtcTicks - (instant.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero);

    static UsageEntry? Of(WorkspaceId workspaceId, UsageKind kind, long quantity, JobId? jobId, DateTimeOffset now) => quantity <= 0 ? null : new()
    {
        Id = UsageEntryId.New(now), WorkspaceId = workspaceId, Kind = kind, Quantity = quantity, JobId = jobId, At = now,
    };
}
