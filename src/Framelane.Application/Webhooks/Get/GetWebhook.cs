using AutoMapper;
using Framelane.Application.Abstractions;
using Framelane.Domain.Common;
using Framelane.Domain.Workspaces;
using MediatR;

namespace Framelane.Application.Webhooks.Get;

public sealed record GetWebhookQuery(WorkspaceId WorkspaceId, string WebhookId) : IRequest<Result<WebhookResponse>>;

sealed class GetWebhookHandler(IWebhookRepository webhooks, IMapper mapper) : IRequestHandler<GetWebhookQuery, Result<WebhookResponse>>
{
    public async Task<Result<WebhookResponse>> Handle(GetWebhookQuery query, CancellationToken cancellationToken) =>
        await webhooks.FindAsync(query.WorkspaceId, query.WebhookId, cancellationToken) is { } webhook
            ? mapper.Map<WebhookResponse>(webhook)
            : WebhookErrors.NotFound;
}
