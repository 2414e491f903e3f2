using Framelane.Application.Abstractions;
using Framelane.Domain.ApiKeys;
using Framelane.Domain.Workspaces;
using Microsoft.EntityFrameworkCore;

namespace Framelane.Infrastructure.Persistence.Repositories;

sealed class ApiKeyRepository(FramelaneDbContext db) : IApiKeyRepository
{
    public async Task<ApiKey?> FindAsync(WorkspaceId workspaceId, string apiKeyId, CancellationToken cancellationToken) =>
        ApiKeyId.TryParse(apiKeyId) is { } id
            ? await db.ApiKeys.SingleOrDefaultAsync(key => key.Id == id && key.WorkspaceId == workspaceId, cancellationToken)
            : null;

    public async Task<IReadOnlyList<ApiKey>> ListAsync(WorkspaceId workspaceId, CancellationToken cancellationToken) =>
        await db.ApiKeys.AsNoTracking()
            .Where(key => key.WorkspaceId == workspaceId)
            .OrderByDescending(key => key.Id)
            .ToListAsync(cancellationToken);

    public Task<int> CountAsync(WorkspaceId workspaceId, CancellationToken cancellationToken) =>
        db.ApiKeys.CountAsync(key => key.WorkspaceId == workspaceId, cancellationToken);

    public Task<ApiKey?> FindFirstRevokedAsync(WorkspaceId workspaceId, CancellationToken cancellationToken) =>
        db.ApiKeys.Where(key => key.WorkspaceId == workspaceId && key.RevokedAt != null).OrderBy(key => key.Id).FirstOrDefaultAsync(cancellationToken);

    public void Add(ApiKey key) => db.ApiKeys.Add(key);

    public void Remove(ApiKey key) => db.ApiKeys.Remove(key);
}
