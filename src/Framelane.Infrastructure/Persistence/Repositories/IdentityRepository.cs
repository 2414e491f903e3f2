using Framelane.Application.Abstractions;
using Framelane.Domain.Identities;
using Framelane.Domain.Workspaces;
using Microsoft.EntityFrameworkCore;

namespace Framelane.Infrastructure.Persistence.Repositories;

sealed class IdentityRepository(FramelaneDbContext db) : IIdentityRepository
{
    public Task<Identity?> FindAsync(IdentityName name, CancellationToken cancellationToken) =>
        db.Identities.SingleOrDefaultAsync(identity => identity.Issuer == name.Issuer && identity.Subject == name.Subject, cancellationToken);

    public async Task<IReadOnlyList<IdentityName>> ListAsync(WorkspaceId workspaceId, CancellationToken cancellationToken)
    {
        var identities = await db.Identities.AsNoTracking().Where(identity => identity.WorkspaceId == workspaceId).ToListAsync(cancellationToken);
        return [.. identities.Select(identity => IdentityName.TryMake(identity.Issuer, identity.Subject)!)];
    }

    public Task RemoveAllAsync(WorkspaceId workspaceId, CancellationToken cancellationToken) =>
        db.Identities.Where(identity => identity.WorkspaceId == workspaceId).ExecuteDeleteAsync(cancellationToken);

    public void Add(Identity identity) => db.Identities.Add(identity);
}
