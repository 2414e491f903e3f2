using Framelane.Application.Common;
using Framelane.Domain.Workspaces;

namespace Framelane.Application.Webhooks;

/// <summary>
/// Of a workspace one at a time in this process changes many deliveries slice by slice. Each slice is a transaction that waits for the workspace's
/// row, and its connection waits with it: as many as a client asked for at once would be all that there are.
/// </summary>
public sealed class SliceTurns
{
    readonly PartitionedGate gate = new(capacity: 1);

    /// <returns>The turn, which ends when it is disposed of.</returns>
    public ValueTask<IDisposable> EnterAsync(WorkspaceId workspaceId, CancellationToken cancellationToken) => gate.EnterAsync(workspaceId.Value, cancellationToken);
}
