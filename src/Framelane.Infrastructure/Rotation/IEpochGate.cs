using Framelane.Domain.Workspaces;

namespace Framelane.Infrastructure.Rotation;

/// <summary>Decides whether what was read of a workspace may still be acted on (see the rotation barrier).</summary>
interface IEpochGate
{
    /// <summary>
    /// Accepts something, such as an API key, on what was read of the workspace. Refused where a change has come in between or the read is
    /// older than a permit's lifetime: then read again.
    /// </summary>
    /// <param name="readStartedTimestamp"><see cref="TimeProvider.GetTimestamp"/> from before the read was sent.</param>
    bool TryAccept(WorkspaceId workspaceId, long epoch, long readStartedTimestamp);
}
