using System.Collections.Frozen;
using Framelane.Domain.Webhooks;
using Framelane.Domain.Workspaces;
using Framelane.Infrastructure.Signing;

namespace Framelane.Infrastructure.Rotation;

/// <summary>
/// All that an attempt rests on, as it was at one epoch of the workspace: what signs, and where the endpoints are. Immutable; known by
/// (workspace, epoch), never by the workspace alone.
/// </summary>
sealed class WorkspaceSnapshot
{
    readonly Signer current;
    readonly Signer? both;
    readonly DateTimeOffset previousExpiresAt;

    /// <param name="previous">The previous secret and when its grace ends, judged anew at each signature.</param>
    public WorkspaceSnapshot(
        WorkspaceId workspaceId,
        long epoch,
        SigningKey current,
        (SigningKey Key, DateTimeOffset ExpiresAt)? previous,
        IEnumerable<EndpointSnapshot> endpoints)
    {
        WorkspaceId = workspaceId;
        Epoch = epoch;
        this.current = new(current, null);
        if (previous is { } old)
            (both, previousExpiresAt) = (new(current, old.Key), old.ExpiresAt);
        Endpoints = endpoints.ToFrozenDictionary(endpoint => endpoint.Id);
    }

    public WorkspaceId WorkspaceId { get; }

    public long Epoch { get; }

    public FrozenDictionary<WebhookId, EndpointSnapshot> Endpoints { get; }

    /// <summary>What signs at that moment.</summary>
    public Signer SignerAt(DateTimeOffset moment) => both is not null && moment < previousExpiresAt ? both : current;
}

sealed record EndpointSnapshot(WebhookId Id, Uri Url, bool Enabled);

/// <summary>The right to act on a snapshot for a permit's lifetime, while the gate lets it through.</summary>
/// <param name="ReadStarted">The monotonic time before its epoch was read.</param>
readonly record struct Permit(WorkspaceSnapshot Snapshot, long ReadStarted);
