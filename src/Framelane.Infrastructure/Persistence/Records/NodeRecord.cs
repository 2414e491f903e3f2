namespace Framelane.Infrastructure.Persistence.Records;

/// <summary>A process that may sign or accept keys; written before its first read of an epoch.</summary>
sealed class NodeRecord
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>Comma separated.</summary>
    public required string Roles { get; set; }

    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset HeartbeatAt { get; set; }
}
