using Framelane.Domain.Audit;
using Framelane.Domain.Common;
using MediatR;

namespace Framelane.Application.Webhooks.Create;

public sealed record CreateWebhookRequest
{
    /// <summary>Where events are posted: https, 1 to 2083 characters, not to a private or otherwise reserved address.</summary>
    public required string Url { get; init; }

    /// <summary>The types of event it receives; all where it is left out.</summary>
    public IReadOnlyList<string>? Events { get; init; }

    /// <summary>Up to 1000 characters.</summary>
    public string? Description { get; init; }

    public bool Enabled { get; init; } = true;
}

public sealed record CreateWebhookCommand(Actor Actor, CreateWebhookRequest Request) : IRequest<Result<WebhookCreatedResponse>>;
