using Framelane.Application.Abstractions;
using Framelane.Domain.Audit;
using Framelane.Domain.Common;
using MediatR;

namespace Framelane.Application.ApiKeys.Revoke;

/// <summary>Revokes a key: once it is answered, no node accepts the key. Revoking it again changes nothing.</summary>
public sealed record RevokeApiKeyCommand(Actor Actor, string ApiKeyId) : IRequest<Result<Unit>>;

sealed class RevokeApiKeyHandler(
    IUnitOfWork unitOfWork,
    IWorkspaceRepository workspaces,
    IApiKeyRepository keys,
    IAuditLog audit,
    TimeProvider time) : IRequestHandler<RevokeApiKeyCommand, Result<Unit>>
{
    public Task<Result<Unit>> Handle(RevokeApiKeyCommand command, CancellationToken cancellationToken) =>
        unitOfWork.ExecuteAsync<Unit>(
            async token =>
            {
                var workspace = await workspaces.GetForUpdateAsync(command.Actor.WorkspaceId, token);
                if (await keys.FindAsync(workspace.Id, command.ApiKeyId, token) is not { } key)
                    return Error.NotFound("API key");

                if (key.RevokedAt is not null)
                {
                    workspace.RepeatChange();
                    return Unit.Value;
                }

                var now = time.GetUtcNow();
                workspace.RevokeKey(key, now);
                audit.Add(AuditEntry.Of(AuditActions.ApiKeyRevoked, key.Id.Value, command.Actor, now));
                return Unit.Value;
            },
            cancellationToken);
}
