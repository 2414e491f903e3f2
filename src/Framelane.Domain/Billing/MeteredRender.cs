using Framelane.Domain.Jobs;
using Framelane.Domain.Usage;
using Framelane.Domain.Workspaces;

namespace Framelane.Domain.Billing;

/// <summary>A render that completed while its workspace was on a plan that bills what is beyond the included minutes.</summary>
/// <remarks>Added with its line of the ledger and never changed but for being counted, so that completions never wait for each other.</remarks>
public sealed class MeteredRender
{
    MeteredRender()
    {
    }

    public JobId JobId { get; private set; }

    public WorkspaceId WorkspaceId { get; private set; }

    /// <summary>The first instant of the calendar month (UTC) that it counts in.</summary>
    public DateTimeOffset Month { get; private set; }

    /// <summary>The plan when it completed, whose included minutes it takes.</summary>
    public Plan Plan { get; private set; }

    public long Milliseconds { get; private set; }

    public DateTimeOffset CompletedAt { get; private set; }

    /// <summary>Since when a report has it, or it is known to make none due; null before.</summary>
    public DateTimeOffset? CountedAt { get; private set; }

    /// <param name="used">The line of a render.</param>
    public static MeteredRender Of(UsageEntry used, Plan plan) => used is { Kind: UsageKind.Render, JobId: { } job }
        ? new()
        {
            JobId = job,
            WorkspaceId = used.WorkspaceId,
            Month = CalendarMonth.Of(used.At).Start,
            Plan = plan,
            Milliseconds = used.Quantity,
            CompletedAt = used.At,
        }
        : throw new ArgumentException($"{used.Id} is of no render.", nameof(used));

    public void Count(DateTimeOffset now) => CountedAt ??= now;
}
