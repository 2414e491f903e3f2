using Framelane.Domain.ApiKeys;
using Framelane.Domain.Workspaces;

namespace Framelane.Application.Abstractions;

public interface IApiKeyRepository
{
    Task<ApiKey?> FindAsync(WorkspaceId workspaceId, string apiKeyId, CancellationToken cancellationToken);

    /// <summary>All keys of the workspace, revoked ones too, newest first.</summary>
    Task<IReadOnlyList<ApiKey>> ListAsync(WorkspaceId workspaceId, CancellationToken cancellationToken);

    void Add(ApiKey key);
}
