using Framelane.Domain.Billing;
using Plan = Framelane.Domain.Workspaces.Plan;
using Subscription = Framelane.Domain.Billing.Subscription;

namespace Framelane.Infrastructure.Billing;

/// <summary>Stripe's subscriptions in our words.</summary>
static class StripeSubscriptions
{
    /// <summary>Under which our checkouts note in a subscription whose it is.</summary>
    public const string WorkspaceKey = "workspace_id";

    static readonly Dictionary<string, SubscriptionStatus> Statuses = new(StringComparer.Ordinal)
    {
        ["active"] = SubscriptionStatus.Active,
        ["trialing"] = SubscriptionStatus.Trialing,
        ["past_due"] = SubscriptionStatus.PastDue,
        ["unpaid"] = SubscriptionStatus.Unpaid,
        ["paused"] = SubscriptionStatus.Paused,
        ["incomplete"] = SubscriptionStatus.Incomplete,
        ["incomplete_expired"] = SubscriptionStatus.IncompleteExpired,
        ["canceled"] = SubscriptionStatus.Canceled,
    };

    /// <param name="plans">By the ids of their prices.</param>
    public static Subscription Of(Stripe.Subscription subscription, IReadOnlyDictionary<string, Plan> plans) => new(
        Statuses.GetValueOrDefault(subscription.Status ?? ""),
        (subscription.Items?.Data ?? [])
            .Select(item => item.Price?.Id is { } price && plans.TryGetValue(price, out var plan) ? plan : (Plan?)null)
            .Max(),
        subscription.Metadata?.ContainsKey(WorkspaceKey) == true);
}
