using Framelane.Domain.Common;

namespace Framelane.Application.Billing;

public static class BillingErrors
{
    public static readonly Error NotConfigured = new("not_configured", "This installation has no billing.");

    public static readonly Error Subscribed = Error.Conflict("The workspace has a subscription already. Change it in the portal: POST /v1/billing/portal.");

    public static readonly Error NotSigned = new("invalid_request", "The event is not signed by the payment provider, or was a while ago.");

    public static readonly Error NoEvent = new("invalid_request", "The body is no event.");
}
