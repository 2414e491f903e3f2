using Framelane.Domain.Workspaces;

namespace Framelane.Application.Common;

/// <summary>Section <c>Framelane:Plans</c>: what each plan allows; published by <c>GET /v1/capabilities</c>.</summary>
public sealed class PlanOptions
{
    public const string Section = "Framelane:Plans";

    public PlanAllowance Free { get; set; } = new() { RequestsPerMinute = 60, Watermark = "Made with Framelane" };

    public PlanAllowance Pro { get; set; } = new() { RequestsPerMinute = 600 };

    public PlanAllowance Enterprise { get; set; } = new() { RequestsPerMinute = 6000 };

    public PlanAllowance Of(Plan plan) => plan switch
    {
        Plan.Free => Free,
        Plan.Pro => Pro,
        Plan.Enterprise => Enterprise,
        _ => throw new ArgumentOutOfRangeException(nameof(plan), plan, null),
    };
}

public sealed class PlanAllowance
{
    /// <summary>Requests a minute of one workspace, over all its keys.</summary>
    public int RequestsPerMinute { get; set; }

    /// <summary>The text on every render, bottom right; left out or empty, none.</summary>
    public string? Watermark { get; set; }
}
