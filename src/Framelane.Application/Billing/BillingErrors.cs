using Framelane.Application.Common;
using Framelane.Domain.Common;
using Framelane.Domain.Workspaces;

namespace Framelane.Application.Billing;

public static class BillingErrors
{
    public static readonly Error NotConfigured = new("not_configured", "This installation has no billing.");

    public static readonly Error Subscribed = Error.Conflict("The workspace has a subscription already. Change or end it in the portal: POST /v1/billing/portal.");

    public static readonly Error NotSigned = new("invalid_request", "The event is not signed by the payment provider, or was a while ago.");

    public static readonly Error NoEvent = new("invalid_request", "The body is no event.");

    public static Error NotSold(IEnumerable<Plan> sold) =>
        ValidationError.At("not_sold", $"This plan cannot be bought; these can: {string.Join(", ", sold.Select(WireNames.Of))}.", "body", "plan");
}
