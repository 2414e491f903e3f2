using Framelane.Domain.Common;

namespace Framelane.Application.Webhooks;

static class WebhookErrors
{
    public static readonly Error NotFound = Error.NotFound("Webhook");

    public static readonly Error DeliveryNotFound = Error.NotFound("Delivery");

    public static readonly Error Disabled = Error.Conflict("The webhook is disabled.");

    public static Error TooMany(int limit) => Error.Conflict($"A workspace has at most {limit} webhooks.");
}
