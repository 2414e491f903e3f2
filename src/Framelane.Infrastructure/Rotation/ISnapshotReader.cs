using Framelane.Domain.Workspaces;

namespace Framelane.Infrastructure.Rotation;

/// <summary>Reads epochs and what belongs to them from the primary database; nothing in between may cache.</summary>
interface ISnapshotReader
{
    /// <summary>The present epochs; workspaces that are gone are left out.</summary>
    Task<EpochReading> ReadEpochsAsync(IReadOnlyCollection<WorkspaceId> workspaceIds, CancellationToken cancellationToken);

    /// <summary>A consistent snapshot of whichever epoch is the present one, or null where the workspace is gone.</summary>
    Task<Permit?> ReadSnapshotAsync(WorkspaceId workspaceId, CancellationToken cancellationToken);
}

/// <param name="ReadStarted">The monotonic time before they were read.</param>
readonly record struct EpochReading(IReadOnlyDictionary<WorkspaceId, long> Epochs, long ReadStarted);
