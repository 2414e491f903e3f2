using AutoMapper;
using Framelane.Application.Abstractions;
using Framelane.Domain.Workspaces;
using MediatR;

namespace Framelane.Application.Workspaces.Get;

public sealed record GetWorkspaceQuery(WorkspaceId WorkspaceId) : IRequest<WorkspaceResponse>;

sealed class GetWorkspaceHandler(IWorkspaceRepository workspaces, IMapper mapper, TimeProvider time)
    : IRequestHandler<GetWorkspaceQuery, WorkspaceResponse>
{
    public async Task<WorkspaceResponse> Handle(GetWorkspaceQuery query, CancellationToken cancellationToken) =>
        mapper.ToResponse(await workspaces.GetAsync(query.WorkspaceId, cancellationToken), time.GetUtcNow());
}
