using System.Data;
using System.Text.Json;
using Framelane.Domain.Workspaces;
using Framelane.Infrastructure.Dispatch;
using Framelane.Infrastructure.Persistence.Model;
using Microsoft.Data.SqlClient;

namespace Framelane.Infrastructure.Persistence.SqlServer;

/// <summary>The hot path on SQL Server: one round trip a batch.</summary>
sealed class SqlServerDispatchStore(string connectionString) : IDispatchStore
{
    static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public async Task<IReadOnlyList<DueLane>> FindDueLanesAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await using var command = Command(connection, SqlServerDispatchSql.FindDueLanes, ("@now", UnixMicroseconds.From(now)));
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
            SqlServerDispatchSql.Claim,
            ("@claims", JsonSerializer.Serialize(claims, Json)),
            ("@now", UnixMicroseconds.From(now)),
            ("@until", UnixMicroseconds.From(leaseUntil)));
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
        await using var command = Command(connection, SqlServerDispatchSql.ReadBody, ("@id", eventId));
        return (byte[]?)await command.ExecuteScalarAsync(cancellationToken);
    }

    public async Task<ClaimedDelivery?> FindLeasedAsync(string deliveryId, long fence, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await using var command = Command(connection, SqlServerDispatchSql.FindLeased, ("@id", deliveryId), ("@fence", fence));
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
        await using var record = Command(
            connection,
            SqlServerDispatchSql.Record,
            ("@finished", JsonSerializer.Serialize(finished.Select(Row), Json)),
            ("@unmade", JsonSerializer.Serialize(unmade.Select(Row), Json)),
            ("@tallies", JsonSerializer.Serialize(tallies.Select(Row), Json)),
            ("@now", UnixMicroseconds.From(now)));
        await using var rows = await record.ExecuteReaderAsync(cancellationToken);
        await rows.ReadAsync(cancellationToken);
        var recorded = new RecordedOutcomes(rows.GetInt32(0), rows.GetInt32(1), rows.GetInt32(2));
        await rows.NextResultAsync(cancellationToken);
        var byId = tallies.ToDictionary(tally => tally.WebhookId);
        List<(EndpointTally Endpoint, DateTimeOffset Since)> failing = [];
        List<EndpointTally> untold = [];
        while (await rows.ReadAsync(cancellationToken))
        {
            var tally = byId[rows.GetString(0)];
            if (rows.IsDBNull(1))
                untold.Add(tally);
            else
                failing.Add((tally, UnixMicroseconds.ToMoment(rows.GetInt64(1))));
        }

        return new(finished.Count - recorded.Total, failing, recorded) { Untold = untold };
    }

    static object Row(EndpointTally tally) => new { tally.WebhookId, LastAt = UnixMicroseconds.From(tally.LastAt), Succeeded = tally.AnySucceeded };

    static object Row(FinishedAttempt attempt) => new
    {
        DeliveryId = attempt.Delivery.Id,
        attempt.Delivery.Fence,
        Status = (int)attempt.Verdict.Status,
        NextAt = attempt.Verdict.NextAttemptAt is { } next ? UnixMicroseconds.From(next) : (long?)null,
        NextId = attempt.MakeNextId(),
        EndedAt = UnixMicroseconds.From(attempt.EndedAt),
        StartedAt = UnixMicroseconds.From(attempt.StartedAt),
        attempt.Result.StatusCode,
        attempt.Result.FailureReason,
        attempt.ResponseBody,
        attempt.Epoch,
        attempt.Signatures,
        Id = attempt.Delivery.AttemptId,
        WorkspaceId = attempt.Delivery.WorkspaceId.Value,
        attempt.Delivery.WebhookId,
        attempt.Delivery.EventType,
        attempt.Delivery.JobId,
        attempt.Delivery.AttemptNumber,
        ScheduledAt = UnixMicroseconds.From(attempt.Delivery.ScheduledAt),
    };

    static object Row(UnmadeAttempt unmade) => new { DeliveryId = unmade.Delivery.Id, unmade.Delivery.Fence, State = (int)unmade.State };

    /// <remarks>Of a fixed length, for each length would have a plan of its own; ids as their columns are, JSON without a limit.</remarks>
    static SqlParameter Parameter(string name, object value) => value switch
    {
        string id when name == "@id" => new(name, SqlDbType.VarChar, IdConverters.MaxLength) { Value = id },
        string json => new(name, SqlDbType.NVarChar, -1) { Value = json },
        _ => new(name, value),
    };

    static SqlCommand Command(SqlConnection connection, string sql, params (string Name, object Value)[] parameters)
    {
        var command = new SqlCommand(sql, connection);
        foreach (var (name, value) in parameters)
            command.Parameters.Add(Parameter(name, value));
        return command;
    }

    async Task<SqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = new SqlConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        return connection;
    }
}
