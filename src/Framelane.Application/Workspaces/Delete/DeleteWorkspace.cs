using Framelane.Application.Abstractions;
using Framelane.Application.Plans;
using Framelane.Domain.Audit;
using Framelane.Domain.Common;
using MediatR;

namespace Framelane.Application.Workspaces.Delete;

/// <summary>Deletes the workspace: once it is answered, no node accepts a key of it or signs for it. What it has is erased in the background.</summary>
public sealed record DeleteWorkspaceCommand(Actor Actor) : IRequest<Result<Unit>>;

sealed class DeleteWorkspaceHandler(
    IUnitOfWork unitOfWork,
    IWorkspaceRepository workspaces,
    IIdentityRepository identities,
    FormerUse former,
    IAuditLog audit,
    TimeProvider time)
    : IRequestHandler<DeleteWorkspaceCommand, Result<Unit>>
{
    public Task<Result<Unit>> Handle(DeleteWorkspaceCommand command, CancellationToken cancellationToken) =>
        unitOfWork.ExecuteAsync<Unit>(
            async token =>
            {
                var now = time.GetUtcNow();
                var workspace = await workspaces.GetForUpdateAsync(command.Actor.WorkspaceId, token);
                await former.NoteAsync(workspace, await identities.ListAsync(workspace.Id, token), now, token);
                if (workspace.Delete(now))
                    audit.Add(AuditEntry.Of(AuditActions.WorkspaceDeleted, workspace.Id.Value, command.Actor, now));
                await identities.RemoveAllAsync(workspace.Id, token);
                return Unit.Value;
            },
            cancellationToken);
}
