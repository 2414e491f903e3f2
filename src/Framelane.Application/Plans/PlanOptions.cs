using Framelane.Domain.Usage;
using Framelane.Domain.Workspaces;

namespace Framelane.Application.Plans;

/// <summary>Section <c>Framelane:Plans</c>: what each plan allows; published by <c>GET /v1/capabilities</c>.</summary>
public sealed class PlanOptions
{
    public const string Section = "Framelane:Plans";

    public PlanAllowance Free { get; set; } = new()
    {
        RequestsPerMinute = 60,
        RenderMinutes = 25,
        HardCap = true,
        MaxWidth = 1920,
        MaxHeight = 1080,
        ConcurrentRenders = 1,
        StorageBytes = 10L << 30,
        Watermark = "Made with Framelane",
    };

    public PlanAllowance Pro { get; set; } = new() { RequestsPerMinute = 600, RenderMinutes = 2000, MaxWidth = 3840, MaxHeight = 2160 };

    public PlanAllowance Enterprise { get; set; } = new() { RequestsPerMinute = 6000, MaxWidth = 7680, MaxHeight = 4320 };

    public PlanAllowance Of(Plan plan) => plan switch
    {
        Plan.Free => Free,
        Plan.Pro => Pro,
        Plan.Enterprise => Enterprise,
        _ => throw new ArgumentOutOfRangeException(nameof(plan), plan, null),
    };

    /// <summary>The cheapest plan whose canvas is large enough; null where none is.</summary>
    public Plan? LeastFor(int width, int height)
    {
        foreach (var plan in Enum.GetValues<Plan>())
        {
            if (Of(plan).AllowsSize(width, height))
                return plan;
        }

        return null;
    }
}

/// <summary>What a plan allows; what is left out is not limited by it.</summary>
public sealed class PlanAllowance
{
    /// <summary>Requests a minute of one workspace, over all its keys.</summary>
    public int RequestsPerMinute { get; set; }

    /// <summary>Minutes of output in a calendar month.</summary>
    public double? RenderMinutes { get; set; }

    /// <summary>Whether more minutes than those are refused; else they are billed one by one.</summary>
    public bool HardCap { get; set; }

    /// <summary>Pixels of a canvas's longer side; <see cref="MaxHeight"/> those of its shorter one, so that upright is as large as lying.</summary>
    public int? MaxWidth { get; set; }

    public int? MaxHeight { get; set; }

    /// <summary>Renders of one workspace that are worked on at a time; others wait.</summary>
    public int? ConcurrentRenders { get; set; }

    /// <summary>Bytes of uploads and imports, those that are on their way too; outputs do not count.</summary>
    public long? StorageBytes { get; set; }

    /// <summary>The text on every render, bottom right; left out or empty, none.</summary>
    public string? Watermark { get; set; }

    /// <summary>Milliseconds of output in a calendar month beyond which everything is refused; null where nothing is.</summary>
    public long? CapMilliseconds => HardCap && RenderMinutes is { } minutes ? RenderMinute.ToMilliseconds(minutes) : null;

    /// <summary>Milliseconds of output in a calendar month beyond which every minute is billed; null where none is.</summary>
    public long? BilledBeyondMilliseconds => !HardCap && RenderMinutes is { } minutes ? RenderMinute.ToMilliseconds(minutes) : null;

    public bool AllowsSize(int width, int height) =>
        Math.Max(width, height) <= (MaxWidth ?? int.MaxValue) && Math.Min(width, height) <= (MaxHeight ?? int.MaxValue);
}
