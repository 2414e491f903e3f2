using Framelane.Application.Common;
using Framelane.Domain.Audit;
using Framelane.Domain.Common;
using MediatR;

namespace Framelane.Application.Webhooks.Update;

/// <summary>What is left out stays as it is.</summary>
public sealed record UpdateWebhookRequest
{
    public Optional<string> Url { get; init; }

    public Optional<IReadOnlyList<string>> Events { get; init; }

    /// <summary>Null removes it.</summary>
    public Optional<string?> Description { get; init; }

    /// <summary>True also clears the count of failures.</summary>
    public Optional<bool> Enabled { get; init; }
}

public sealed record UpdateWebhookCommand(Actor Actor, string WebhookId, UpdateWebhookRequest Request) : IRequest<Result<WebhookResponse>>;
