using Framelane.Domain.Workspaces;

namespace Framelane.Domain.Billing;

/// <summary>What a customer's subscriptions come to for its workspace.</summary>
public sealed record Standing(Plan Plan, PlanStatus Status)
{
    public static readonly Standing Ended = new(Plan.Free, PlanStatus.Cancelled);

    /// <summary>The order in which one of several live subscriptions counts: what is paid for comes first.</summary>
    static readonly SubscriptionStatus[] Order =
        [SubscriptionStatus.Active, SubscriptionStatus.Trialing, SubscriptionStatus.PastDue, SubscriptionStatus.Unpaid];

    /// <param name="all">All of the customer's subscriptions, ended ones too.</param>
    /// <returns>Null where the workspace is to stay as it is: what is paid for is no plan of ours, or not begun yet, or not understood.</returns>
    public static Standing? Of(IReadOnlyCollection<Subscription> all)
    {
        if (all.Where(each => each is { IsLive: true, Plan: not null }).OrderBy(each => Array.IndexOf(Order, each.Status)).ThenByDescending(each => each.Plan).FirstOrDefault() is { } first)
            return new(first.Plan!.Value, StatusOf(first.Status));
        if (all.Any(IsStrange))
            return null;
        return all.Count == 0 || all.Any(each => each is { HasEnded: true, IsOfPlan: true }) ? Ended : null;
    }

    /// <summary>Somebody pays for it, or may, and it is not known for what: nothing is taken away from them.</summary>
    public static bool IsStrange(Subscription each) => each.Status == SubscriptionStatus.Unknown || each is { IsLive: true, Plan: null };

    static PlanStatus StatusOf(SubscriptionStatus live) => live switch
    {
        SubscriptionStatus.Active => PlanStatus.Active,
        SubscriptionStatus.Trialing => PlanStatus.Trialing,
        _ => PlanStatus.PastDue,
    };
}
