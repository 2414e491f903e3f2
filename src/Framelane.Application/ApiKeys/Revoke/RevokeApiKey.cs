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

                var now = time.GetUtcNow();
                if (key.RevokedAt is null)
                    audit.Add(AuditEntry.Of(AuditActions.ApiKeyRevoked, key.Id.Value, command.Actor, now));
                workspace.RevokeKey(key, now);
                return Unit.Value;
            },
            cancellationToken);
}
