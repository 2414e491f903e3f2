using Framelane.Domain.Workspaces;

namespace Framelane.Infrastructure.Persistence.Records;

/// <summary>An idempotency key: held by a lease while its request runs, then with the answer to give again.</summary>
sealed class IdempotencyRecord
{
    /// <summary>Bytes of a fingerprint at most.</summary>
    public const int MaxFingerprint = 64;

    /// <summary>Workspace and route.</summary>
    public required string Scope { get; init; }

    public required string Key { get; init; }

    /// <summary>A keyed digest of path and body.</summary>
    public required byte[] Fingerprint { get; set; }

    /// <summary>Another one for every claim: whoever holds a former one lost the key.</summary>
    public required long Token { get; set; }

    public required DateTimeOffset CreatedAt { get; set; }

    public required DateTimeOffset LeaseExpiresAt { get; set; }

    /// <summary>The encrypted answer; null while the request runs.</summary>
    public byte[]? Answer { get; set; }

    /// <summary>Whose epoch the request raised, if it raised one.</summary>
    public WorkspaceId? BarrierWorkspaceId { get; set; }

    public long? BarrierEpoch { get; set; }

    /// <summary>Whether some caller has waited that epoch out, so that a replay need not.</summary>
    public bool BarrierPassed { get; set; }
}
