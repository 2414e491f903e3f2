using Framelane.Domain.ApiKeys;
using Framelane.Domain.Workspaces;

namespace Framelane.Application.Abstractions;

public interface IApiKeyAuthenticator
{
    /// <summary>Whose key it is; null where it is nobody's, or was revoked. After a revocation was answered, no node accepts the key.</summary>
    Task<AuthenticatedKey?> AuthenticateAsync(ApiKeySecret presented, CancellationToken cancellationToken);
}

public sealed record AuthenticatedKey(ApiKeyId KeyId, WorkspaceId WorkspaceId, Plan Plan, bool EmailVerified)
    : AuthenticatedCaller(WorkspaceId, Plan, EmailVerified);
