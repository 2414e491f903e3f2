using Framelane.Application.Abstractions;
using Framelane.Domain.Audit;
using Framelane.Domain.Common;
using Framelane.Domain.Workspaces;
using MediatR;

namespace Framelane.Application.Operators;

/// <summary>Replaces a workspace's signing secret, with the same promise as its own route makes.</summary>
public sealed record RotateSecretCommand(Actor Actor, GracePeriod Grace) : IRequest<Result<RotatedSecret>>;

public sealed record RotatedSecret(string Secret)
{
    public override string ToString() => "***";
}

sealed class RotateSecretHandler(IUnitOfWork unitOfWork, IWorkspaceRepository workspaces, ISecretProtector protector, IAuditLog audit, TimeProvider time)
    : IRequestHandler<RotateSecretCommand, Result<RotatedSecret>>
{
    public Task<Result<RotatedSecret>> Handle(RotateSecretCommand command, CancellationToken cancellationToken) =>
        unitOfWork.ExecuteAsync<RotatedSecret>(
            async token =>
            {
                var now = time.GetUtcNow();
                var workspace = await workspaces.GetForUpdateAsync(command.Actor.WorkspaceId, token);
                var secret = SigningSecret.Generate();
                workspace.RotateSigningKey(protector.Seal(workspace.Id, workspace.NextEpoch, secret), command.Grace, now);
                audit.Add(AuditEntry.Of(AuditActions.SecretRotated, workspace.Id.Value, command.Actor, now));
                return new RotatedSecret(secret.Reveal());
            },
            cancellationToken);
}
