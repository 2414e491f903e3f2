using System.Globalization;
using Framelane.Application.Common;
using Framelane.Domain.Common;
using Framelane.Domain.Usage;
using Framelane.Domain.Workspaces;

namespace Framelane.Application.Plans;

/// <summary>What a plan does not allow.</summary>
static class PlanErrors
{
    /// <param name="least">The cheapest plan that allows it; null where none does.</param>
    public static Error TooLarge(Plan plan, PlanAllowance allowance, int width, int height, Plan? least) => new DetailedError(
        "plan_required",
        $"{width} × {height} pixels are more than the plan {Name(plan)} allows: {allowance.MaxWidth} × {allowance.MaxHeight}, lying or upright."
        + (least is { } enough ? $" The plan {Name(enough)} does." : ""),
        new Dictionary<string, object?>
        {
            ["plan"] = Name(plan),
            ["max_width"] = allowance.MaxWidth,
            ["max_height"] = allowance.MaxHeight,
            ["required_plan"] = least is { } required ? Name(required) : null,
        });

    /// <param name="requested">Milliseconds; null where nobody knows before the sources are fetched.</param>
    public static Error OverQuota(Plan plan, long cap, CommittedUsage committed, long? requested, CalendarMonth month) => new DetailedError(
        "quota_exceeded",
        string.Create(
            CultureInfo.InvariantCulture,
            $"The plan {Name(plan)} allows {Minutes(cap):0.##} render-minutes a month. {Minutes(committed.Used):0.##} are used, {Minutes(committed.Reserved):0.##} are kept for renders that have not ended")
        + (requested is { } known ? string.Create(CultureInfo.InvariantCulture, $", and this one needs {Minutes(known):0.##}.") : ", and nobody knows yet how many this one needs."),
        new Dictionary<string, object?>
        {
            ["plan"] = Name(plan),
            ["limit_minutes"] = Minutes(cap),
            ["used_minutes"] = Minutes(committed.Used),
            ["reserved_minutes"] = Minutes(committed.Reserved),
            ["requested_minutes"] = requested is { } asked ? Minutes(asked) : null,
            ["period_end"] = month.End.UtcDateTime,
        });

    public static Error OverStorage(StorageUse use) => new DetailedError(
        "quota_exceeded",
        string.Create(
            CultureInfo.InvariantCulture,
            $"The plan {Name(use.Plan)} keeps {use.Limit} bytes of uploads and imports, and {use.Used} are used. What is deleted makes room."),
        new Dictionary<string, object?> { ["plan"] = Name(use.Plan), ["limit_bytes"] = use.Limit, ["used_bytes"] = use.Used });

    static string Name(Plan plan) => WireNames.Of(plan);

    static double Minutes(long milliseconds) => RenderMinute.FromMilliseconds(milliseconds);
}
