using Framelane.Domain.Workspaces;

namespace Framelane.Domain.Billing;

/// <summary>The provider's word for how a subscription stands.</summary>
public enum SubscriptionStatus
{
    /// <summary>A word that is not known here.</summary>
    Unknown,
    Active,
    Trialing,
    PastDue,
    Unpaid,

    /// <summary>Its trial ended without a means of payment.</summary>
    Paused,

    /// <summary>Its first payment has not been made yet.</summary>
    Incomplete,
    IncompleteExpired,
    Canceled,
}

/// <summary>A subscription as the provider has it.</summary>
/// <param name="Plan">The plan whose price it pays; null where that is no plan's.</param>
/// <param name="IsOurs">Whether a checkout of ours made it, so that it was for a plan, whatever has become of its price.</param>
public sealed record Subscription(SubscriptionStatus Status, Plan? Plan, bool IsOurs = false)
{
    /// <summary>It gives its plan, paid for or still to be.</summary>
    public bool IsLive => Status is SubscriptionStatus.Active or SubscriptionStatus.Trialing or SubscriptionStatus.PastDue or SubscriptionStatus.Unpaid;

    /// <summary>It is of a plan: by its price, or by where it comes from, for a price that is no longer sold may be no longer known.</summary>
    public bool IsOfPlan => IsOurs || Plan is not null;

    public bool HasEnded => Status is SubscriptionStatus.Canceled or SubscriptionStatus.IncompleteExpired or SubscriptionStatus.Paused;
}
