using Framelane.Application.Abstractions;
using Framelane.Domain.Common;
using Framelane.Domain.Workspaces;
using MediatR;

namespace Framelane.Application.Operators;

/// <summary>Tells whether a workspace lives, for commands that take that for granted: callers of the API are authenticated for theirs.</summary>
public sealed record FindWorkspaceQuery(string WorkspaceId) : IRequest<Result<WorkspaceId>>;

sealed class FindWorkspaceHandler(IWorkspaceRepository workspaces) : IRequestHandler<FindWorkspaceQuery, Result<WorkspaceId>>
{
    public async Task<Result<WorkspaceId>> Handle(FindWorkspaceQuery query, CancellationToken cancellationToken) =>
        WorkspaceId.TryParse(query.WorkspaceId) is { } id && await workspaces.LivesAsync(id, cancellationToken) ? id : OperatorErrors.NoSuchWorkspace;
}
