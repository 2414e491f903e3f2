using Framelane.Domain.Signups;
using Framelane.Domain.Workspaces;

namespace Framelane.Application.Abstractions;

public interface IWorkspaceRepository
{
    /// <summary>The workspace, locked until the transaction ends: changes of one workspace are made one after the other.</summary>
    /// <exception cref="InvalidOperationException">There is none; callers are authenticated for theirs, so that is a bug.</exception>
    Task<Workspace> GetForUpdateAsync(WorkspaceId id, CancellationToken cancellationToken);

    Task<Workspace> GetAsync(WorkspaceId id, CancellationToken cancellationToken);

    /// <summary>Whether some workspace's address is this one, and verified.</summary>
    Task<bool> HasVerifiedAsync(EmailAddress address, CancellationToken cancellationToken);

    void Add(Workspace workspace);
}
