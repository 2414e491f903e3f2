using Framelane.Domain.ApiKeys;
using Framelane.Domain.Common;

namespace Framelane.Domain.Workspaces;

/// <summary>
/// A workspace's epoch was raised: what any node read of it before (its signing keys, endpoints, API keys) is out of date.
/// A request that caused one is answered only once no node can act on the old state (see the rotation barrier).
/// </summary>
public interface IEpochRaised : IDomainEvent
{
    WorkspaceId WorkspaceId { get; }

    long Epoch { get; }
}

/// <summary>The signing secret was replaced. Holds no secret: signers are made anew from storage.</summary>
public sealed record SecretRotated(WorkspaceId WorkspaceId, long Epoch, DateTimeOffset? PreviousExpiresAt) : IEpochRaised;

/// <summary>The grace of a previous secret was ended before its time.</summary>
public sealed record PreviousSecretDropped(WorkspaceId WorkspaceId, long Epoch) : IEpochRaised;

/// <summary>A webhook was deleted, disabled, enabled or pointed elsewhere.</summary>
public sealed record EndpointsChanged(WorkspaceId WorkspaceId, long Epoch) : IEpochRaised;

/// <summary>An API key was revoked.</summary>
public sealed record ApiKeyRevoked(WorkspaceId WorkspaceId, long Epoch, ApiKeyId ApiKeyId) : IEpochRaised;

/// <summary>The workspace was deleted: none of its keys is accepted, and nothing is signed for it.</summary>
public sealed record WorkspaceDeleted(WorkspaceId WorkspaceId, long Epoch) : IEpochRaised;

/// <summary>A workspace that signed up has come to life: its address was verified.</summary>
public sealed record EmailVerified(WorkspaceId WorkspaceId) : IDomainEvent;

/// <summary>
/// A change was asked for that had been made before, under that epoch or an earlier one. Whoever made it may have died before all nodes
/// followed, so the answer to the repetition has to wait for them too.
/// </summary>
public sealed record ChangeRepeated(WorkspaceId WorkspaceId, long Epoch) : IEpochRaised;
