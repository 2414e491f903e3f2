using Framelane.Domain.Deliveries;
using Framelane.Domain.Workspaces;
using Framelane.Infrastructure.Dispatch;
using Framelane.Infrastructure.Persistence.Model;
using Microsoft.Data.Sqlite;

namespace Framelane.Infrastructure.Persistence.Sqlite;

/// <summary>
/// The hot path on SQLite: statements prepared once, on one connection that writes, behind the process's write gate, and one that reads.
/// </summary>
/// <remarks>A call into SQLite does not yield; each takes milliseconds at most and runs on a thread of its own choosing.</remarks>
sealed class SqliteDispatchStore(SqliteConnections connections, SqliteWriteGate gate) : IDispatchStore, IAsyncDisposable
{
    readonly Lock reading = new();

    // Made at first use, and again at the next if that failed. The one is touched behind the gate only, the other under the lock.
    Writer? writer;
    Reader? reader;

    bool disposed;

    Writer Writing => writer ??= new(Open());

    Reader Reading => reader ??= new(Open());

    public Task<IReadOnlyList<DueLane>> FindDueLanesAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        Task.Run<IReadOnlyList<DueLane>>(
            () =>
            {
                lock (reading)
                    return Reading.FindDueLanes(now);
            },
            cancellationToken);

    public async Task<IReadOnlyList<ClaimedDelivery>> ClaimAsync(
        IReadOnlyList<LaneClaim> claims,
        DateTimeOffset now,
        DateTimeOffset leaseUntil,
        CancellationToken cancellationToken)
    {
        using var turn = await gate.EnterAsync(cancellationToken);
        return await Task.Run(() => Writing.Claim(claims, now, leaseUntil), cancellationToken);
    }

    public Task<ClaimedDelivery?> FindLeasedAsync(string deliveryId, long fence, CancellationToken cancellationToken) =>
        Task.Run(
            () =>
            {
                lock (reading)
                    return Reading.FindLeased(deliveryId, fence);
            },
            cancellationToken);

    public async Task<RecordOutcome> RecordAsync(
        IReadOnlyList<FinishedAttempt> finished,
        IReadOnlyList<UnmadeAttempt> unmade,
        IReadOnlyList<EndpointTally> tallies,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        using var turn = await gate.EnterAsync(cancellationToken);
        return await Task.Run(() => Writing.Record(finished, unmade, tallies, now), cancellationToken);
    }

    /// <remarks>A host that will not wait any longer disposes it while statements run: those end first, and none follows.</remarks>
    public async ValueTask DisposeAsync()
    {
        using var turn = await gate.EnterAsync(CancellationToken.None);
        lock (reading)
        {
            disposed = true;
            writer?.Connection.Dispose();
            reader?.Connection.Dispose();
            (writer, reader) = (null, null);
        }
    }

    SqliteConnection Open()
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        return connections.Open();
    }

    sealed class Reader(SqliteConnection connection)
    {
        readonly SqliteStatement findDueLanes = new(connection, SqliteDispatchSql.FindDueLanes);
        readonly SqliteStatement findLeased = new(connection, SqliteDispatchSql.FindLeased);

        public SqliteConnection Connection => connection;

        public List<DueLane> FindDueLanes(DateTimeOffset now)
        {
            using var rows = findDueLanes.Query(UnixMicroseconds.From(now));
            List<DueLane> lanes = [];
            while (rows.Read())
                lanes.Add(new(rows.GetString(0), WorkspaceId.FromStored(rows.GetString(1))));
            return lanes;
        }

        public ClaimedDelivery? FindLeased(string deliveryId, long fence)
        {
            using var rows = findLeased.Query(deliveryId, fence);
            return rows.Read() ? ClaimedRow.Read(rows) : null;
        }
    }

    sealed class Writer(SqliteConnection connection)
    {
        readonly SqliteStatement claim = new(connection, SqliteDispatchSql.Claim);
        readonly SqliteStatement insertAttempt = new(connection, SqliteDispatchSql.InsertAttempt);
        readonly SqliteStatement moveDelivery = new(connection, SqliteDispatchSql.MoveDelivery);
        readonly SqliteStatement giveBack = new(connection, SqliteDispatchSql.GiveBack);
        readonly SqliteStatement succeeded = new(connection, SqliteDispatchSql.EndpointSucceeded);
        readonly SqliteStatement failed = new(connection, SqliteDispatchSql.EndpointFailed);

        public SqliteConnection Connection => connection;

        public List<ClaimedDelivery> Claim(IReadOnlyList<LaneClaim> claims, DateTimeOffset now, DateTimeOffset leaseUntil)
        {
            List<ClaimedDelivery> claimed = [];
            using var transaction = connection.BeginTransaction(deferred: false);
            claim.Transaction = transaction;
            foreach (var (lane, count) in claims)
            {
                using var rows = claim.Query(lane, count, UnixMicroseconds.From(now), UnixMicroseconds.From(leaseUntil));
                while (rows.Read())
                    claimed.Add(ClaimedRow.Read(rows));
            }

            transaction.Commit();
            claimed.Sort(ClaimedDelivery.ByDue);
            return claimed;
        }

        public RecordOutcome Record(
            IReadOnlyList<FinishedAttempt> finished,
            IReadOnlyList<UnmadeAttempt> unmade,
            IReadOnlyList<EndpointTally> tallies,
            DateTimeOffset now)
        {
            using var transaction = connection.BeginTransaction(deferred: false);
            foreach (var statement in (SqliteStatement[])[insertAttempt, moveDelivery, giveBack, succeeded, failed])
                statement.Transaction = transaction;

            var recorded = default(RecordedOutcomes);
            foreach (var attempt in finished)
            {
                if (Move(attempt) is not { } state)
                    continue;
                var verdict = attempt.Verdict.Within(state);
                Insert(attempt, verdict);
                recorded = recorded.With(verdict.Status);
            }

            foreach (var (delivery, state) in unmade)
                giveBack.Execute((int)state, UnixMicroseconds.From(now), delivery.Id, delivery.Fence);

            List<(EndpointTally, DateTimeOffset)> failing = [];
            foreach (var tally in tallies)
            {
                var at = UnixMicroseconds.From(tally.LastAt);
                if (tally.AnySucceeded)
                    succeeded.Execute(at, tally.WebhookId);
                else if (failed.Scalar(at, tally.WebhookId) is long since)
                    failing.Add((tally, UnixMicroseconds.ToMoment(since)));
            }

            transaction.Commit();
            return new(finished.Count - recorded.Total, failing, recorded);
        }

        /// <returns>The delivery's new state, or null where the claim is no longer ours.</returns>
        DeliveryState? Move(FinishedAttempt attempt)
        {
            var (status, next) = attempt.Verdict;
            var state = moveDelivery.Scalar(
                (int)status,
                next is { } at ? UnixMicroseconds.From(at) : null,
                next is null ? null : AttemptId.New(attempt.EndedAt).Value,
                UnixMicroseconds.From(attempt.EndedAt),
                attempt.Delivery.Id,
                attempt.Delivery.Fence);
            return state is long stored ? (DeliveryState)stored : null;
        }

        void Insert(FinishedAttempt attempt, Verdict verdict)
        {
            var delivery = attempt.Delivery;
            insertAttempt.Execute(
                delivery.AttemptId,
                delivery.Id,
                delivery.WorkspaceId.Value,
                delivery.WebhookId,
                delivery.EventType,
                delivery.JobId,
                delivery.AttemptNumber,
                (int)verdict.Status,
                UnixMicroseconds.From(delivery.ScheduledAt),
                UnixMicroseconds.From(attempt.StartedAt),
                UnixMicroseconds.From(attempt.EndedAt),
                attempt.Result.StatusCode,
                attempt.Result.FailureReason,
                attempt.ResponseBody,
                verdict.NextAttemptAt is { } next ? UnixMicroseconds.From(next) : null,
                attempt.Epoch,
                attempt.Signatures);
        }
    }
}
