using Framelane.Domain.Identities;
using Framelane.Domain.Workspaces;

namespace Framelane.Application.Abstractions;

public interface IIdentityRepository
{
    Task<Identity?> FindAsync(IdentityName name, CancellationToken cancellationToken);

    Task<IReadOnlyList<IdentityName>> ListAsync(WorkspaceId workspaceId, CancellationToken cancellationToken);

    /// <summary>Nobody enters that workspace by the console any more; who did, begins anew.</summary>
    Task RemoveAllAsync(WorkspaceId workspaceId, CancellationToken cancellationToken);

    /// <summary>Of several that are added at once, one is: the work of the others runs again and finds it.</summary>
    void Add(Identity identity);
}
