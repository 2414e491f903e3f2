using Framelane.Application.Common;
using Framelane.Domain.Audit;
using Framelane.Domain.Workspaces;

namespace Framelane.Application.Abstractions;

public interface IAuditLog
{
    /// <summary>Writes the entry in the current transaction.</summary>
    void Add(AuditEntry entry);

    Task<Page<AuditEntry>> ListAsync(WorkspaceId workspaceId, PageRequest page, CancellationToken cancellationToken);
}
