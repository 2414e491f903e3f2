using System.Text.RegularExpressions;
using Framelane.Domain.Webhooks;
using Framelane.Infrastructure.Persistence;
using Framelane.Infrastructure.Persistence.Model;
using Framelane.Infrastructure.Persistence.Postgres;
using Framelane.Infrastructure.Persistence.Repositories;
using Framelane.Infrastructure.Tests.Persistence;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Framelane.Infrastructure.Tests.Postgres;

/// <summary>A million deliveries and as many attempts, and a tenth as many assets of one workspace: what runs all the time reads what it needs, by an index.</summary>
public sealed partial class PostgresScaleTests : StorageTests<PostgresDatabase>
{
    const int Rows = 1_000_000;

    /// <summary>No step of a plan gives more rows; a walk through a table or a whole index gives a hundred times as many.</summary>
    const int Most = 2_000;

    /// <summary>They look up each row, or another for it, by a way of its own down an index.</summary>
    static readonly string[] OneByOne = ["lanes", "claim", "sweep of events"];

    /// <remarks>A tenth is the workspace's own, in a hundred webhooks; one in twenty is open; the first thousand are old.</remarks>
    const string Seed = """
        INSERT INTO events (id, workspace_id, type, sequence, body, created_at)
        SELECT 'evt_' || CASE WHEN n <= 1000 THEN '00' ELSE '7Z' END || lpad(n::text, 24, '0'), 'ws', 'render.completed', 1, '\x7b7d', 0
        FROM generate_series(1, @rows / 10) n;
        INSERT INTO deliveries (id, workspace_id, event_id, event_type, job_id, sequence, webhook_id, lane, one_shot, state, created_at, attempt_id,
            attempt_number, step, scheduled_at, next_attempt_at, claimable_at, fence)
        SELECT 'dlv_' || id, CASE WHEN n % 10 = 0 THEN @workspace ELSE 'ws_other' END,
            'evt_' || CASE WHEN n % (@rows / 10) < 1000 THEN '00' ELSE '7Z' END || lpad((1 + n % (@rows / 10))::text, 24, '0'), 'render.completed', 'render_' || id, 2,
            'wh_' || lpad((n % 1000)::text, 26, '0'), 'wh_' || lpad((n % 1000)::text, 26, '0'), false, CASE WHEN n / 1000 % 20 = 0 AND n > 1000 THEN 0 ELSE 1 END, n,
            'att_' || id, 1, 0, n, n, CASE WHEN n <= 1000 THEN 0 ELSE @now END, 0
        FROM (SELECT n, CASE WHEN n <= 1000 THEN '00' ELSE '7Z' END || lpad(n::text, 24, '0') AS id FROM generate_series(1, @rows) n) made;
        INSERT INTO attempts (id, delivery_id, workspace_id, webhook_id, event_type, job_id, attempt_number, status, created_at, attempted_at, ended_at,
            status_code, epoch, signatures)
        SELECT attempt_id, id, workspace_id, webhook_id, event_type, job_id, 1, 1, created_at, created_at, claimable_at, 204, 1, 1
        FROM deliveries;
        UPDATE deliveries SET claimable_at = 0 WHERE state = 0;
        INSERT INTO assets (id, workspace_id, origin, status, created_at, claimable_at, fence, runs)
        SELECT 'asset_' || lpad(n::text, 26, '0'), @workspace, 1, CASE WHEN n % 10 = 0 THEN 1 ELSE 3 END, 0, @now, 0, CASE WHEN n <= 40 THEN 1 ELSE 0 END
        FROM generate_series(1, @rows / 10) n;
        ANALYZE;
        """;

    [Test]
    public async Task At_a_million_rows_claims_lists_and_the_sweep_go_by_indexes()
    {
        await using var connection = new NpgsqlConnection(Database.ConnectionString + ";Pooling=false;Command Timeout=300");
        await connection.OpenAsync();
        await using (var seed = new NpgsqlCommand("SET synchronous_commit = off;" + Seed, connection))
        {
            seed.Parameters.AddWithValue("rows", Rows);
            seed.Parameters.AddWithValue("workspace", WorkspaceId.Value);
            seed.Parameters.AddWithValue("now", UnixMicroseconds.From(Now));
            await seed.ExecuteNonQueryAsync();
        }

        try
        {
            await using var db = Host.NewContext();
            var webhook = WebhookId.FromStored($"wh_{10:D26}");
            var plans = ScaleQueries.Of(db, WorkspaceId, webhook, Now.AddDays(-1)).Select(query => (query.Name, (NpgsqlCommand)query.Query.CreateDbCommand())).ToList();
            plans.Add(("lanes", new(PostgresDispatchSql.FindDueLanes) { Parameters = { new() { Value = UnixMicroseconds.From(Now) } } }));
            var recoverable = Host.Get<IDatabaseProvider>().OfRecoverIndex(db);
            plans.Add(("recover", (NpgsqlCommand)DeliveryRepository.Made(recoverable, webhook, DateTimeOffset.UnixEpoch).Skip(1000).Take(1).CreateDbCommand()));
            plans.Add(("claim", new(PostgresDispatchSql.Claim)
            {
                Parameters =
                {
                    new() { Value = new[] { webhook.Value, $"wh_{20:D26}" } },
                    new() { Value = new[] { 20, 20 } },
                    new() { Value = UnixMicroseconds.From(Now) },
                    new() { Value = UnixMicroseconds.From(Now.AddMinutes(1)) },
                },
            }));
            using var all = Assert.EnterMultipleScope();
            foreach (var (name, command) in plans)
            {
                await using var explained = command;
                var plan = await ExplainAsync(connection, explained);
                TestContext.Out.WriteLine($"{name}\n{plan}\n");
                Assert.That(plan, Does.Not.Contain("Seq Scan on deliveries").And.Not.Contain("Seq Scan on attempts").And.Not.Contain("Seq Scan on events").And.Not.Contain("Seq Scan on assets"), name);
                var rows = Numbers(ActualRows().Matches(plan)).Concat(Numbers(FilteredRows().Matches(plan))).ToList();
                Assert.That(rows, Is.Not.Empty.And.All.LessThanOrEqualTo(Most), name);

                // A walk within an index, past entries that do not match, reads pages and gives no rows. An empty table has none.
                Assert.That(Numbers([Pages().Match(plan)]).Sum(), Is.InRange(rows.Max() > 1 ? 1 : 0, 20 + rows.Max() * (OneByOne.Contains(name) ? 15 : 5)), name);
                if (name == "claim")
                    Assert.That(plan, Does.Match("ix_deliveries_order.*\\(actual "), name);
            }
        }
        finally
        {
            await using var clean = new NpgsqlCommand("TRUNCATE deliveries, attempts, events, assets", connection);
            await clean.ExecuteNonQueryAsync();
        }
    }

    /// <summary>How it runs the second time: the first may look at rows of which the next one knows that they are gone.</summary>
    static async Task<string> ExplainAsync(NpgsqlConnection connection, NpgsqlCommand command)
    {
        command.Connection = connection;
#pragma warning disable CA2100 // The product's own statements.
        command.CommandText = "EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, COSTS OFF, SUMMARY OFF) " + command.CommandText;
#pragma warning restore CA2100
        await RunAsync(connection, command);
        return await RunAsync(connection, command);
    }

    static async Task<string> RunAsync(NpgsqlConnection connection, NpgsqlCommand command)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        command.Transaction = transaction;
        List<string> lines = [];
        await using (var rows = await command.ExecuteReaderAsync())
        {
            while (await rows.ReadAsync())
                lines.Add(rows.GetString(0));
        }

        await transaction.RollbackAsync();
        return string.Join('\n', lines);
    }

    static IEnumerable<int> Numbers(IEnumerable<Match> matches) =>
        matches.SelectMany(match => match.Groups.Values.Skip(1)).Where(group => group.Success).Select(group => int.Parse(group.Value, null));

    [GeneratedRegex("actual rows=([0-9]+)")]
    private static partial Regex ActualRows();

    [GeneratedRegex("Buffers: shared(?: hit=([0-9]+))?(?: read=([0-9]+))?")]
    private static partial Regex Pages();

    [GeneratedRegex("Rows Removed by Filter: ([0-9]+)")]
    private static partial Regex FilteredRows();
}
