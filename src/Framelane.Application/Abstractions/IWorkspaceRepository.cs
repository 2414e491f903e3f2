using Framelane.Application.Common;
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

    /// <summary>Whether there is such a workspace, and it was not deleted.</summary>
    Task<bool> LivesAsync(WorkspaceId id, CancellationToken cancellationToken);

    /// <summary>Those that were not deleted, newest first.</summary>
    Task<Page<Workspace>> ListAsync(PageRequest page, CancellationToken cancellationToken);

    void Add(Workspace workspace);
}
