using Framelane.Domain.Workspaces;

namespace Framelane.Application.Abstractions;

/// <summary>The rotation barrier (docs/adr): what makes a change of a workspace hold on all nodes at once.</summary>
public interface IEpochBarrier
{
    /// <summary>
    /// Returns once no node can start an attempt, or accept an API key, on what it read of the workspace before this epoch. Cheap to repeat.
    /// </summary>
    Task PassAsync(WorkspaceId workspaceId, long epoch, CancellationToken cancellationToken);
}
