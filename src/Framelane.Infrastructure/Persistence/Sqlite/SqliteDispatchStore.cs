using Framelane.Infrastructure.Dispatch;

namespace Framelane.Infrastructure.Persistence.Sqlite;

/// <summary>
/// The hot path on SQLite: one connection that writes and one that reads, each on a thread of its own. The one that writes does as little
/// as can be, for there is one writer: what the attempts need is read afterwards, beside its next transaction.
/// </summary>
/// <remarks>
/// Threads of their own, because a call into SQLite blocks, and because on the pool's it would wait in line behind every request that is
/// being sent.
/// </remarks>
sealed class SqliteDispatchStore(SqliteConnections connections, SqliteWriteGate gate) : IDispatchStore, IAsyncDisposable
{
    readonly SqliteDispatchThread writer = new(connections, gate);
    readonly SqliteDispatchThread reader = new(connections, gate: null);

    public Task<IReadOnlyList<DueLane>> FindDueLanesAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        reader.DoAsync(session => session.FindDueLanes(now), cancellationToken);

    public async Task<IReadOnlyList<ClaimedDelivery>> ClaimAsync(
        IReadOnlyList<LaneClaim> claims,
        DateTimeOffset now,
        DateTimeOffset leaseUntil,
        CancellationToken cancellationToken)
    {
        var leased = await writer.DoAsync(session => session.Lease(claims, now, leaseUntil), cancellationToken);
        return leased.Count == 0 ? [] : await reader.DoAsync(session => session.Load(leased), cancellationToken);
    }

    public Task<byte[]?> ReadBodyAsync(string eventId, CancellationToken cancellationToken) =>
        reader.DoAsync(session => session.ReadBody(eventId), cancellationToken);

    public Task<ClaimedDelivery?> FindLeasedAsync(string deliveryId, long fence, CancellationToken cancellationToken) =>
        reader.DoAsync(session => session.FindLeased(deliveryId, fence), cancellationToken);

    public Task<RecordOutcome> RecordAsync(
        IReadOnlyList<FinishedAttempt> finished,
        IReadOnlyList<UnmadeAttempt> unmade,
        IReadOnlyList<EndpointTally> tallies,
        DateTimeOffset now,
        CancellationToken cancellationToken) =>
        writer.DoAsync(session => session.Record(finished, unmade, tallies, now), cancellationToken);

    /// <remarks>A host that will not wait any longer disposes it while statements run: those end first, and none follows.</remarks>
    public async ValueTask DisposeAsync()
    {
        await writer.DisposeAsync();
        await reader.DisposeAsync();
    }
}
