using Framelane.Application.Abstractions;
using Framelane.Domain.ApiKeys;
using Framelane.Domain.Audit;
using Framelane.Domain.Workspaces;

namespace Framelane.Application.Workspaces;

/// <summary>Adds workspaces in the transaction that runs: each with a signing secret of its own, a first key, and both in the audit log.</summary>
sealed class NewWorkspaces(IWorkspaceRepository workspaces, IApiKeyRepository keys, ISecretProtector protector, IAuditLog audit)
{
    /// <param name="make">Of its id and its sealed secret.</param>
    /// <param name="secret">The first key's.</param>
    /// <param name="actor">Who adds it, by its id.</param>
    public Workspace Add(Func<WorkspaceId, SealedSecret, Workspace> make, string keyName, ApiKeySecret secret, Func<WorkspaceId, Actor> actor, DateTimeOffset now)
    {
        var id = WorkspaceId.New(now);
        var workspace = make(id, protector.Seal(id, 1, SigningSecret.Generate()));
        var key = ApiKey.Create(ApiKeyId.New(now), id, keyName, secret, now);
        workspaces.Add(workspace);
        keys.Add(key);
        audit.Add(AuditEntry.Of(AuditActions.WorkspaceCreated, id.Value, actor(id), now));
        audit.Add(AuditEntry.Of(AuditActions.ApiKeyCreated, key.Id.Value, actor(id), now));
        return workspace;
    }
}
