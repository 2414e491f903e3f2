using Framelane.Domain.ApiKeys;
using Framelane.Domain.Workspaces;

namespace Framelane.Application.Abstractions;

public interface IApiKeyRepository
{
    Task<ApiKey?> FindAsync(WorkspaceId workspaceId, string apiKeyId, CancellationToken cancellationToken);

    /// <summary>All keys of the workspace, revoked ones too, newest first.</summary>
    Task<IReadOnlyList<ApiKey>> ListAsync(WorkspaceId workspaceId, CancellationToken cancellationToken);

    /// <summary>How many are kept, revoked ones included.</summary>
    Task<int> CountAsync(WorkspaceId workspaceId, CancellationToken cancellationToken);

    /// <summary>The revoked key that was made first, or null where all are live.</summary>
    Task<ApiKey?> FindFirstRevokedAsync(WorkspaceId workspaceId, CancellationToken cancellationToken);

    void Add(ApiKey key);

    void Remove(ApiKey key);
}
