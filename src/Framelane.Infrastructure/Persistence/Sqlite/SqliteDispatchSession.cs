using Framelane.Domain.Deliveries;
using Framelane.Domain.Workspaces;
using Framelane.Infrastructure.Dispatch;
using Framelane.Infrastructure.Persistence.Model;
using Microsoft.Data.Sqlite;

namespace Framelane.Infrastructure.Persistence.Sqlite;

/// <summary>The dispatcher's statements, prepared once on a connection of their own. For one thread; what writes runs in its transaction.</summary>
sealed class SqliteDispatchSession(SqliteConnection connection) : IDisposable
{
    readonly SqliteStatement findDueLanes = new(connection, SqliteDispatchSql.FindDueLanes);
    readonly SqliteStatement findLeased = new(connection, SqliteDispatchSql.FindLeased);
    readonly SqliteStatement readBody = new(connection, SqliteDispatchSql.ReadBody);
    readonly SqliteStatement findClaimable = new(connection, SqliteDispatchSql.FindClaimable);
    readonly SqliteStatement lease = new(connection, SqliteDispatchSql.Lease);
    readonly SqliteStatement load = new(connection, SqliteDispatchSql.Load);
    readonly SqliteStatement insertAttempt = new(connection, SqliteDispatchSql.InsertAttempt);
    readonly SqliteStatement succeed = new(connection, SqliteDispatchSql.Succeed);
    readonly SqliteStatement moveDelivery = new(connection, SqliteDispatchSql.MoveDelivery);
    readonly SqliteStatement giveBack = new(connection, SqliteDispatchSql.GiveBack);
    readonly SqliteStatement endpointSucceeded = new(connection, SqliteDispatchSql.EndpointSucceeded);
    readonly SqliteStatement endpointFailed = new(connection, SqliteDispatchSql.EndpointFailed);

    /// <param name="toWrite">Whether it locks out other writers; otherwise all that is read is of one moment.</param>
    public SqliteTransaction Begin(bool toWrite) => connection.BeginTransaction(deferred: !toWrite);

    public IReadOnlyList<DueLane> FindDueLanes(DateTimeOffset now)
    {
        List<DueLane> lanes = [];
        findDueLanes.Bind(UnixMicroseconds.From(now));
        while (findDueLanes.Read())
            lanes.Add(new(findDueLanes.Text(0), WorkspaceId.FromStored(findDueLanes.Text(1))));
        return lanes;
    }

    public ClaimedDelivery? FindLeased(string deliveryId, long fence)
    {
        findLeased.Bind(deliveryId).Bind(fence);
        return ReadOne(findLeased);
    }

    public byte[]? ReadBody(string eventId)
    {
        readBody.Bind(eventId);
        var body = readBody.Read() ? readBody.Bytes(0) : null;
        readBody.Reset();
        return body;
    }

    public IReadOnlyList<LeasedRow> Lease(IReadOnlyList<LaneClaim> claims, DateTimeOffset now, DateTimeOffset leaseUntil)
    {
        List<LeasedRow> leased = [];
        foreach (var (lane, count) in claims)
        {
            findClaimable.Bind(lane).Bind(UnixMicroseconds.From(now)).Bind(count);
            while (findClaimable.Read())
                leased.Add(new(findClaimable.Number(0), findClaimable.Text(1), findClaimable.Number(2) + 1));
        }

        foreach (var row in leased)
            lease.Bind(UnixMicroseconds.From(leaseUntil)).Bind(row.Row).Run();
        return leased;
    }

    /// <summary>What of it is still leased, the longest due first.</summary>
    public IReadOnlyList<ClaimedDelivery> Load(IReadOnlyList<LeasedRow> leased)
    {
        List<ClaimedDelivery> claimed = new(leased.Count);
        foreach (var row in leased)
        {
            load.Bind(row.Row).Bind(row.DeliveryId).Bind(row.Fence);
            if (ReadOne(load) is { } delivery)
                claimed.Add(delivery);
        }

        claimed.Sort(ClaimedDelivery.ByDue);
        return claimed;
    }

    public RecordOutcome Record(
        IReadOnlyList<FinishedAttempt> finished,
        IReadOnlyList<UnmadeAttempt> unmade,
        IReadOnlyList<EndpointTally> tallies,
        DateTimeOffset now)
    {
        var recorded = default(RecordedOutcomes);
        foreach (var attempt in finished)
        {
            if (Move(attempt) is not { } verdict)
                continue;
            Insert(attempt, verdict);
            recorded = recorded.With(verdict.Status);
        }

        foreach (var (delivery, state) in unmade)
            giveBack.Bind((int)state).Bind(UnixMicroseconds.From(now)).Bind(delivery.Id).Bind(delivery.Fence).Run();

        List<(EndpointTally, DateTimeOffset)> failing = [];
        foreach (var tally in tallies)
        {
            if (Tell(tally) is { } since)
                failing.Add((tally, since));
        }

        return new(finished.Count - recorded.Total, failing, recorded);
    }

    public void Dispose()
    {
        foreach (var statement in (SqliteStatement[])
            [findDueLanes, findLeased, readBody, findClaimable, lease, load, insertAttempt, succeed, moveDelivery, giveBack, endpointSucceeded,
                endpointFailed])
            statement.Dispose();
        connection.Dispose();
    }

    /// <returns>The verdict as it came to be, or null where the claim is no longer ours.</returns>
    Verdict? Move(FinishedAttempt attempt)
    {
        var (delivery, (status, next)) = (attempt.Delivery, attempt.Verdict);
        if (status == AttemptStatus.Succeeded)
            return succeed.Bind(delivery.Row).Bind(delivery.Id).Bind(delivery.Fence).Run() > 0 ? Verdict.Success : null;

        moveDelivery
            .Bind((int)status)
            .Bind(next is { } at ? UnixMicroseconds.From(at) : null)
            .Bind(attempt.MakeNextId())
            .Bind(UnixMicroseconds.From(attempt.EndedAt))
            .Bind(delivery.Id)
            .Bind(delivery.Fence);
        Verdict? verdict = null;
        while (moveDelivery.Read())
        {
            var state = (DeliveryState)moveDelivery.Number(0);
            verdict = state == DeliveryState.Pending ? Verdict.RetryAt(UnixMicroseconds.ToMoment(moveDelivery.Number(1))) : attempt.Verdict.Within(state);
        }

        return verdict;
    }

    void Insert(FinishedAttempt attempt, Verdict verdict)
    {
        var delivery = attempt.Delivery;
        insertAttempt
            .Bind(delivery.AttemptId)
            .Bind(delivery.Id)
            .Bind(delivery.WorkspaceId.Value)
            .Bind(delivery.WebhookId)
            .Bind(delivery.EventType)
            .Bind(delivery.JobId)
            .Bind(delivery.AttemptNumber)
            .Bind((int)verdict.Status)
            .Bind(UnixMicroseconds.From(delivery.ScheduledAt))
            .Bind(UnixMicroseconds.From(attempt.StartedAt))
            .Bind(UnixMicroseconds.From(attempt.EndedAt))
            .Bind(attempt.Result.StatusCode)
            .Bind(attempt.Result.FailureReason)
            .Bind(attempt.ResponseBody)
            .Bind(verdict.NextAttemptAt is { } next ? UnixMicroseconds.From(next) : null)
            .Bind(attempt.Epoch)
            .Bind(attempt.Signatures)
            .Run();
    }

    /// <returns>Since when it fails, where it failed throughout and is still there.</returns>
    DateTimeOffset? Tell(EndpointTally tally)
    {
        var at = UnixMicroseconds.From(tally.LastAt);
        if (tally.AnySucceeded)
        {
            endpointSucceeded.Bind(at).Bind(tally.WebhookId).Run();
            return null;
        }

        endpointFailed.Bind(at).Bind(tally.WebhookId);
        DateTimeOffset? since = null;
        while (endpointFailed.Read())
            since = UnixMicroseconds.ToMoment(endpointFailed.Number(0));
        return since;
    }

    static ClaimedDelivery? ReadOne(SqliteStatement statement)
    {
        var found = statement.Read() ? Read(statement) : null;
        statement.Reset();
        return found;
    }

    static ClaimedDelivery Read(SqliteStatement row) => new()
    {
        Row = row.Number(0),
        Id = row.Text(1),
        WorkspaceId = WorkspaceId.FromStored(row.Text(2)),
        EventId = row.Text(3),
        EventType = row.Text(4),
        JobId = row.TextOrNull(5),
        WebhookId = row.TextOrNull(6),
        Url = row.TextOrNull(7),
        Lane = row.Text(8),
        OneShot = row.Number(9) != 0,
        AttemptId = row.Text(10),
        AttemptNumber = (int)row.Number(11),
        Step = (int)row.Number(12),
        ScheduledAt = UnixMicroseconds.ToMoment(row.Number(13)),
        DueAt = UnixMicroseconds.ToMoment(row.Number(14)),
        Fence = row.Number(15),
        Body = row.IsNull(16) ? null : row.Bytes(16),
        TraceParent = row.TextOrNull(17),
    };
}

/// <summary>A delivery that was leased in this moment.</summary>
readonly record struct LeasedRow(long Row, string DeliveryId, long Fence);
