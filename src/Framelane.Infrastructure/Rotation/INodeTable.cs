namespace Framelane.Infrastructure.Rotation;

/// <summary>The table <c>nodes</c>: which processes may act on what they read of the database.</summary>
interface INodeTable
{
    /// <summary>Writes this node's heartbeat, by the database's clock; the first one registers it.</summary>
    Task BeatAsync(string nodeId, string name, string roles, CancellationToken cancellationToken);

    /// <summary>Whether a node other than this one has beaten within that time.</summary>
    Task<bool> AnyOtherAsync(string nodeId, TimeSpan within, CancellationToken cancellationToken);

    Task RemoveAsync(string nodeId, CancellationToken cancellationToken);
}
