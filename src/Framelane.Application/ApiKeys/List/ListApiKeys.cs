using AutoMapper;
using Framelane.Application.Abstractions;
using Framelane.Domain.Workspaces;
using MediatR;

namespace Framelane.Application.ApiKeys.List;

public sealed record ListApiKeysQuery(WorkspaceId WorkspaceId) : IRequest<ApiKeyListResponse>;

sealed class ListApiKeysHandler(IApiKeyRepository keys, IMapper mapper) : IRequestHandler<ListApiKeysQuery, ApiKeyListResponse>
{
    public async Task<ApiKeyListResponse> Handle(ListApiKeysQuery query, CancellationToken cancellationToken) =>
        new([.. (await keys.ListAsync(query.WorkspaceId, cancellationToken)).Select(mapper.Map<ApiKeyResponse>)]);
}
