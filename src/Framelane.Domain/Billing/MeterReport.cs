using Framelane.Domain.Usage;
using Framelane.Domain.Workspaces;

namespace Framelane.Domain.Billing;

/// <summary>So many minutes more are to be billed. Told to the payment provider under its own id, until the provider has it.</summary>
public sealed class MeterReport
{
    /// <summary>The provider takes what is up to 35 days old.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(34);

    MeterReport()
    {
    }

    public MeterReportId Id { get; private set; }

    public WorkspaceId WorkspaceId { get; private set; }

    /// <inheritdoc cref="MeteredRender.Month"/>
    public DateTimeOffset Month { get; private set; }

    public Plan Plan { get; private set; }

    /// <summary>Beyond what reports before it have; above 0.</summary>
    public long Minutes { get; private set; }

    /// <summary>When the last of the renders completed that it is for.</summary>
    public DateTimeOffset At { get; private set; }

    public DateTimeOffset MadeAt { get; private set; }

    /// <summary>When it may be told, or told again; null once it is told or given up.</summary>
    public DateTimeOffset? DueAt { get; private set; }

    /// <summary>Null too where it was given up, for being older than <see cref="Lifetime"/>.</summary>
    public DateTimeOffset? ToldAt { get; private set; }

    /// <summary>The next report of a workspace, month and plan; null where nothing is owed that was not told.</summary>
    /// <param name="milliseconds">Of all renders of that month on that plan.</param>
    /// <param name="included">Milliseconds that the plan includes in a month.</param>
    /// <param name="reported">Minutes that reports of that month and plan have already.</param>
    /// <param name="at">When the last of the renders completed that it is for.</param>
    public static MeterReport? Next(
        WorkspaceId workspaceId, DateTimeOffset month, Plan plan, long milliseconds, long included, long reported, DateTimeOffset at, DateTimeOffset now) =>
        MinutesBeyond(milliseconds, included) - reported is > 0 and var minutes
            ? new() { Id = MeterReportId.New(now), WorkspaceId = workspaceId, Month = month, Plan = plan, Minutes = minutes, At = at, MadeAt = now, DueAt = now }
            : null;

    /// <summary>Whole ones: the minute that was begun last is the customer's until it is full.</summary>
    static long MinutesBeyond(long milliseconds, long included) => RenderMinute.WholeOf(Math.Max(0, milliseconds - included));
}
