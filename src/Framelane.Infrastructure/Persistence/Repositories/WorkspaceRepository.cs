using Framelane.Application.Abstractions;
using Framelane.Application.Common;
using Framelane.Domain.Signups;
using Framelane.Domain.Workspaces;
using Microsoft.EntityFrameworkCore;

namespace Framelane.Infrastructure.Persistence.Repositories;

sealed class WorkspaceRepository(FramelaneDbContext db, IDatabaseProvider provider) : IWorkspaceRepository
{
    public async Task<Workspace> GetForUpdateAsync(WorkspaceId id, CancellationToken cancellationToken) =>
        await provider.LockWorkspaceAsync(db, id, cancellationToken) ?? throw Missing(id);

    public async Task<Workspace> GetAsync(WorkspaceId id, CancellationToken cancellationToken) =>
        await db.Workspaces.AsNoTracking().SingleOrDefaultAsync(workspace => workspace.Id == id, cancellationToken) ?? throw Missing(id);

    public Task<bool> HasVerifiedAsync(EmailAddress address, CancellationToken cancellationToken) =>
        db.Workspaces.AnyAsync(workspace => workspace.EmailKey == address.Key && workspace.EmailVerified, cancellationToken);

    public Task<bool> LivesAsync(WorkspaceId id, CancellationToken cancellationToken) =>
        db.Workspaces.AnyAsync(workspace => workspace.Id == id && workspace.DeletedAt == null, cancellationToken);

    public Task<Page<Workspace>> ListAsync(PageRequest page, CancellationToken cancellationToken)
    {
        var rows = db.Workspaces.AsNoTracking().Where(workspace => workspace.DeletedAt == null);
        if (page.After is not null)
        {
            var after = WorkspaceId.FromStored(page.After);
            rows = rows.Where(workspace => workspace.Id < after);
        }

        return rows.OrderByDescending(workspace => workspace.Id).ToPageAsync(page, workspace => workspace.Id.Value, cancellationToken);
    }

    public void Add(Workspace workspace) => db.Workspaces.Add(workspace);

    static InvalidOperationException Missing(WorkspaceId id) => new($"There is no workspace {id}.");
}
