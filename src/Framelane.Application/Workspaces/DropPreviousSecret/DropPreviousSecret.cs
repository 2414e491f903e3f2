using Framelane.Application.Abstractions;
using Framelane.Domain.Audit;
using Framelane.Domain.Common;
using MediatR;

namespace Framelane.Application.Workspaces.DropPreviousSecret;

/// <summary>Ends the grace of a previous secret early: once it is answered, no node signs with it. Without a grace it changes nothing.</summary>
public sealed record DropPreviousSecretCommand(Actor Actor) : IRequest<Result<Unit>>;

sealed class DropPreviousSecretHandler(IUnitOfWork unitOfWork, IWorkspaceRepository workspaces, IAuditLog audit, TimeProvider time)
    : IRequestHandler<DropPreviousSecretCommand, Result<Unit>>
{
    public Task<Result<Unit>> Handle(DropPreviousSecretCommand command, CancellationToken cancellationToken) =>
        unitOfWork.ExecuteAsync<Unit>(
            async token =>
            {
                var now = time.GetUtcNow();
                var workspace = await workspaces.GetForUpdateAsync(command.Actor.WorkspaceId, token);
                if (workspace.DropPreviousSecret(now))
                    audit.Add(AuditEntry.Of(AuditActions.PreviousSecretDropped, workspace.Id.Value, command.Actor, now));
                else
                    workspace.RepeatChange();
                return Unit.Value;
            },
            cancellationToken);
}
