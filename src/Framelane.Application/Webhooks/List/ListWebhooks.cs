using AutoMapper;
using Framelane.Application.Abstractions;
using Framelane.Application.Common;
using Framelane.Domain.Workspaces;
using MediatR;

namespace Framelane.Application.Webhooks.List;

public sealed record ListWebhooksQuery(WorkspaceId WorkspaceId, PageRequest Page) : IRequest<Page<WebhookResponse>>;

sealed class ListWebhooksHandler(IWebhookRepository webhooks, IMapper mapper) : IRequestHandler<ListWebhooksQuery, Page<WebhookResponse>>
{
    public async Task<Page<WebhookResponse>> Handle(ListWebhooksQuery query, CancellationToken cancellationToken) =>
        (await webhooks.ListAsync(query.WorkspaceId, query.Page, cancellationToken)).Select(mapper.Map<WebhookResponse>);
}
