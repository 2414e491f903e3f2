using AutoMapper;
using Framelane.Application.Abstractions;
using Framelane.Application.Common;
using Framelane.Application.Workspaces;
using MediatR;

namespace Framelane.Application.Operators;

/// <summary>The workspaces that live, newest first.</summary>
public sealed record ListWorkspacesQuery(PageRequest Page) : IRequest<Page<WorkspaceResponse>>;

sealed class ListWorkspacesHandler(IWorkspaceRepository workspaces, IMapper mapper, TimeProvider time) : IRequestHandler<ListWorkspacesQuery, Page<WorkspaceResponse>>
{
    public async Task<Page<WorkspaceResponse>> Handle(ListWorkspacesQuery query, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return (await workspaces.ListAsync(query.Page, cancellationToken)).Select(workspace => mapper.ToResponse(workspace, now));
    }
}
