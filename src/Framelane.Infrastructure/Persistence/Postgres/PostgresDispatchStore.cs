using Framelane.Domain.Workspaces;
using Framelane.Infrastructure.Dispatch;
using Framelane.Infrastructure.Persistence.Model;
using Npgsql;

namespace Framelane.Infrastructure.Persistence.Postgres;

/// <summary>The hot path on PostgreSQL: one statement and one round trip a batch. The driver prepares statements that come again.</summary>
sealed class PostgresDispatchStore(string connectionString) : IDispatchStore
{
    public async Task<IReadOnlyList<DueLane>> FindDueLanesAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await using var command = Command(connection, PostgresDispatchSql.FindDueLanes, Of(UnixMicroseconds.From(now)));
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        List<DueLane> lanes = [];
        while (await rows.ReadAsync(cancellationToken))
            lanes.Add(new(rows.GetString(0), WorkspaceId.FromStored(rows.GetString(1))));
        return lanes;
    }

    public async Task<IReadOnlyList<ClaimedDelivery>> ClaimAsync(
        IReadOnlyList<LaneClaim> claims,
        DateTimeOffset now,
        DateTimeOffset leaseUntil,
        CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await using var command = Command(
            connection,
            PostgresDispatchSql.Claim,
            Each(claims, claim => claim.Lane),
            Each(claims, claim => claim.Count),
            Of(UnixMicroseconds.From(now)),
            Of(UnixMicroseconds.From(leaseUntil)));
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        List<ClaimedDelivery> claimed = [];
        while (await rows.ReadAsync(cancellationToken))
            claimed.Add(ClaimedRow.Read(rows));
        claimed.Sort(ClaimedDelivery.ByDue);
        return claimed;
    }

    public async Task<byte[]?> ReadBodyAsync(string eventId, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await using var command = Command(connection, PostgresDispatchSql.ReadBody, Of(eventId));
        return (byte[]?)await command.ExecuteScalarAsync(cancellationToken);
    }

    public async Task<ClaimedDelivery?> FindLeasedAsync(string deliveryId, long fence, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await using var command = Command(connection, PostgresDispatchSql.FindLeased, Of(deliveryId), Of(fence));
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        return await rows.ReadAsync(cancellationToken) ? ClaimedRow.Read(rows) : null;
    }

    public async Task<RecordOutcome> RecordAsync(
        IReadOnlyList<FinishedAttempt> finished,
        IReadOnlyList<UnmadeAttempt> unmade,
        IReadOnlyList<EndpointTally> tallies,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await using var command = Command(
            connection,
            PostgresDispatchSql.Record,
            Each(finished, attempt => attempt.Delivery.Id),
            Each(finished, attempt => attempt.Delivery.Fence),
            Each(finished, attempt => (int)attempt.Verdict.Status),
            Each(finished, attempt => attempt.Verdict.NextAttemptAt is { } next ? UnixMicroseconds.From(next) : (long?)null),
            Each(finished, attempt => attempt.MakeNextId()),
            Each(finished, attempt => UnixMicroseconds.From(attempt.StartedAt)),
            Each(finished, attempt => UnixMicroseconds.From(attempt.EndedAt)),
            Each(finished, attempt => attempt.Result.StatusCode),
            Each(finished, attempt => attempt.Result.FailureReason),
            Each(finished, attempt => attempt.ResponseBody),
            Each(finished, attempt => attempt.Epoch),
            Each(finished, attempt => attempt.Signatures),
            Each(finished, attempt => attempt.Delivery.AttemptId),
            Each(finished, attempt => attempt.Delivery.AttemptNumber),
            Each(finished, attempt => UnixMicroseconds.From(attempt.Delivery.ScheduledAt)),
            Each(finished, attempt => attempt.Delivery.WebhookId),
            Each(finished, attempt => attempt.Delivery.WorkspaceId.Value),
            Each(unmade, attempt => attempt.Delivery.Id),
            Each(unmade, attempt => attempt.Delivery.Fence),
            Each(unmade, attempt => (int)attempt.State),
            Of(UnixMicroseconds.From(now)),
            Each(tallies, tally => tally.WebhookId),
            Each(tallies, tally => UnixMicroseconds.From(tally.LastAt)),
            Each(tallies, tally => tally.AnySucceeded));
        return await ReadOutcomeAsync(command, finished.Count, tallies, cancellationToken);
    }

    static async Task<RecordOutcome> ReadOutcomeAsync(
        NpgsqlCommand command,
        int finished,
        IReadOnlyList<EndpointTally> tallies,
        CancellationToken cancellationToken)
    {
        var recorded = default(RecordedOutcomes);
        List<(EndpointTally Endpoint, DateTimeOffset Since)> failing = [];
        List<EndpointTally> untold = [];
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            recorded = new(rows.GetInt32(0), rows.GetInt32(1), rows.GetInt32(2));
            if (rows.IsDBNull(3))
                continue;
            var webhookId = rows.GetString(3);
            var tally = tallies.First(tally => tally.WebhookId == webhookId);
            if (rows.IsDBNull(4))
                untold.Add(tally);
            else
                failing.Add((tally, UnixMicroseconds.ToMoment(rows.GetInt64(4))));
        }

        return new(finished - recorded.Total, failing, recorded) { Untold = untold };
    }

    static NpgsqlParameter<T> Of<T>(T value) => new() { TypedValue = value };

    static NpgsqlParameter<TValue[]> Each<TRow, TValue>(IReadOnlyList<TRow> rows, Func<TRow, TValue> value) => Of(rows.Select(value).ToArray());

    static NpgsqlCommand Command(NpgsqlConnection connection, string sql, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var parameter in parameters)
            command.Parameters.Add(parameter);
        return command;
    }

    async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        return connection;
    }
}
