using Framelane.Domain.Deliveries;
using Framelane.Domain.Workspaces;

namespace Framelane.Infrastructure.Dispatch;

/// <summary>The dispatcher's hot path to the database: one implementation a provider, in its own SQL.</summary>
interface IDispatchStore
{
    /// <summary>The lanes that have a delivery to claim, each once.</summary>
    Task<IReadOnlyList<DueLane>> FindDueLanesAsync(DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>
    /// Leases up to so many due deliveries of each lane, the longest due first. Left out is what has to wait for the first attempt at an
    /// earlier event of the same job.
    /// </summary>
    /// <param name="leaseUntil">When others may take them.</param>
    Task<IReadOnlyList<ClaimedDelivery>> ClaimAsync(
        IReadOnlyList<LaneClaim> claims,
        DateTimeOffset now,
        DateTimeOffset leaseUntil,
        CancellationToken cancellationToken);

    /// <summary>An event's body, for a delivery whose claim left it out.</summary>
    /// <returns>Null where there is no such event any more: its workspace is being erased.</returns>
    Task<byte[]?> ReadBodyAsync(string eventId, CancellationToken cancellationToken);

    /// <summary>The delivery that its maker leased to itself, or null where the fence has moved on.</summary>
    Task<ClaimedDelivery?> FindLeasedAsync(string deliveryId, long fence, CancellationToken cancellationToken);

    /// <summary>
    /// Records what came of claims, in one transaction: a row for each attempt, and the delivery's next state where its fence is still the
    /// claim's. A failure of one that was redelivered while it ran, as <see cref="Framelane.Domain.Deliveries.Delivery.StartsAnew"/> says, is
    /// followed by an attempt at once, at the start of the schedule, where any may follow. A webhook that somebody has locked is not waited for.
    /// </summary>
    Task<RecordOutcome> RecordAsync(
        IReadOnlyList<FinishedAttempt> finished,
        IReadOnlyList<UnmadeAttempt> unmade,
        IReadOnlyList<EndpointTally> tallies,
        DateTimeOffset now,
        CancellationToken cancellationToken);
}

readonly record struct DueLane(string Lane, WorkspaceId WorkspaceId);

readonly record struct LaneClaim(string Lane, int Count);

/// <summary>How a webhook's attempts of one batch ended, pings left out.</summary>
/// <param name="LastAt">When the last one was made.</param>
/// <param name="AnySucceeded">Clears what it fails since; otherwise that is set, where it is not yet.</param>
readonly record struct EndpointTally(string WebhookId, WorkspaceId WorkspaceId, DateTimeOffset LastAt, bool AnySucceeded);

/// <param name="LeasesLost">Claims that somebody else had taken over: their attempts are not recorded.</param>
/// <param name="FailingSince">For each webhook that failed throughout: since when.</param>
/// <param name="Recorded">How the others ended.</param>
sealed record RecordOutcome(int LeasesLost, IReadOnlyList<(EndpointTally Endpoint, DateTimeOffset Since)> FailingSince, RecordedOutcomes Recorded)
{
    /// <summary>Of webhooks that somebody had locked: to be told another time.</summary>
    public IReadOnlyList<EndpointTally> Untold { get; init; } = [];
}

/// <summary>How many attempts of a batch ended how, as it was recorded.</summary>
readonly record struct RecordedOutcomes(int Succeeded, int Failed, int DeadLettered)
{
    public int Total => Succeeded + Failed + DeadLettered;

    public RecordedOutcomes With(AttemptStatus status) => status switch
    {
        AttemptStatus.Succeeded => this with { Succeeded = Succeeded + 1 },
        AttemptStatus.Failed => this with { Failed = Failed + 1 },
        _ => this with { DeadLettered = DeadLettered + 1 },
    };
}
