using AutoMapper;
using Framelane.Application.Abstractions;
using Framelane.Application.Common;
using Framelane.Domain.Workspaces;
using MediatR;

namespace Framelane.Application.ApiKeys.List;

/// <summary>All keys of a workspace: it keeps few enough for one page.</summary>
public sealed record ListApiKeysQuery(WorkspaceId WorkspaceId) : IRequest<ListResponse<ApiKeyResponse>>;

sealed class ListApiKeysHandler(IApiKeyRepository keys, IMapper mapper) : IRequestHandler<ListApiKeysQuery, ListResponse<ApiKeyResponse>>
{
    public async Task<ListResponse<ApiKeyResponse>> Handle(ListApiKeysQuery query, CancellationToken cancellationToken) =>
        new([.. (await keys.ListAsync(query.WorkspaceId, cancellationToken)).Select(mapper.Map<ApiKeyResponse>)], NextCursor: null, HasMore: false);
}
