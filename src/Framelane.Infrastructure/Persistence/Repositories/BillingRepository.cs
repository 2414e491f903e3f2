using Framelane.Application.Abstractions;
using Framelane.Domain.Billing;
using Framelane.Domain.Workspaces;
using Microsoft.EntityFrameworkCore;

namespace Framelane.Infrastructure.Persistence.Repositories;

sealed class BillingRepository(FramelaneDbContext db) : IBillingRepository
{
    public Task<BillingAccount?> FindAsync(WorkspaceId workspaceId, CancellationToken cancellationToken) =>
        db.BillingAccounts.SingleOrDefaultAsync(account => account.WorkspaceId == workspaceId, cancellationToken);

    public Task<WorkspaceId?> FindOwnerAsync(string customerId, CancellationToken cancellationToken) => db.BillingAccounts
        .Where(account => account.CustomerId == customerId)
        .Select(account => (WorkspaceId?)account.WorkspaceId)
        .SingleOrDefaultAsync(cancellationToken);

    public Task<bool> WasHandledAsync(string eventId, CancellationToken cancellationToken) =>
        db.BillingEvents.AnyAsync(handled => handled.Id == eventId, cancellationToken);

    public void Add(BillingAccount account) => db.BillingAccounts.Add(account);

    public void Add(BillingEvent handled) => db.BillingEvents.Add(handled);
}
