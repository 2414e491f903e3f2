using Framelane.Domain.Deliveries;
using Framelane.Domain.Webhooks;

namespace Framelane.Application.Deliveries;

/// <summary>Which attempts a list shows; null shows all.</summary>
public sealed record AttemptFilter(WebhookId? WebhookId = null, AttemptStatus? Status = null, string? EventType = null, string? JobId = null);
