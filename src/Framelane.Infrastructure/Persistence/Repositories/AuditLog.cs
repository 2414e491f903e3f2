using Framelane.Application.Abstractions;
using Framelane.Application.Common;
using Framelane.Domain.Audit;
using Framelane.Domain.Workspaces;
using Microsoft.EntityFrameworkCore;

namespace Framelane.Infrastructure.Persistence.Repositories;

sealed class AuditLog(FramelaneDbContext db) : IAuditLog
{
    public void Add(AuditEntry entry) => db.AuditLog.Add(entry);

    public Task<Page<AuditEntry>> ListAsync(WorkspaceId workspaceId, PageRequest page, CancellationToken cancellationToken)
    {
        var rows = db.AuditLog.AsNoTracking().Where(entry => entry.WorkspaceId == workspaceId);
        if (page.After is not null)
        {
            var after = AuditEntryId.FromStored(page.After);
            rows = rows.Where(entry => entry.Id < after);
        }

        return rows.OrderByDescending(entry => entry.Id).ToPageAsync(page, entry => entry.Id.Value, cancellationToken);
    }
}
