using Framelane.Domain.Audit;
using Framelane.Domain.Common;
using MediatR;

namespace Framelane.Application.Webhooks.RotateSecret;

/// <summary>The optional body of a rotation.</summary>
public sealed record RotateWebhookSecretRequest
{
    /// <summary>How long the previous secret signs beside the new one, in seconds: 0 to 604,800. 0: not at all.</summary>
    public int GracePeriodSeconds { get; init; }
}

/// <summary>Replaces the signing secret of the caller's whole workspace; the webhook only has to be one of its own.</summary>
public sealed record RotateWebhookSecretCommand(Actor Actor, string WebhookId, RotateWebhookSecretRequest Request)
    : IRequest<Result<WebhookRotateResponse>>;

/// <summary>The one answer, besides a webhook's creation, that holds the secret.</summary>
public sealed record WebhookRotateResponse(string Secret)
{
    public override string ToString() => "***";
}
