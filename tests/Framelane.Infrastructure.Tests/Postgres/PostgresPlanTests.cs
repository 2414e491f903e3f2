using Framelane.Domain.Deliveries;
using Framelane.Infrastructure.Dispatch;
using Framelane.Infrastructure.Persistence.Postgres;
using Framelane.Infrastructure.Tests.Dispatch;
using Framelane.Infrastructure.Tests.Persistence;
using Npgsql;

namespace Framelane.Infrastructure.Tests.Postgres;

/// <summary>How the server goes about the dispatcher's statements.</summary>
public sealed class PostgresPlanTests : StorageTests<PostgresDatabase>
{
    [Test]
    public async Task Claims_write_to_no_index()
    {
        const int Rows = 200;
        var lane = (await AddWebhookAsync()).Id.Value;
        await SeedAsync(lane, Rows);
        var before = await CountersAsync();
        var claimed = await Host.Get<IDispatchStore>().ClaimAsync([new(lane, Rows)], Now, Now.AddMinutes(1), CancellationToken.None);
        Assert.That(claimed, Has.Count.EqualTo(Rows));
        await Eventually.HoldsAsync(async () => (await CountersAsync()).Updates - before.Updates >= Rows);
        Assert.That((await CountersAsync()).Hot - before.Hot, Is.GreaterThan(Rows * 0.95));
    }

    [Test]
    public async Task What_another_is_claiming_is_passed_over_and_not_waited_for()
    {
        await SeedAsync("lane_a", 10);
        await using var connection = new NpgsqlConnection(Database.ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var another = await connection.BeginTransactionAsync();
        await using var claiming = new NpgsqlCommand("SELECT id FROM deliveries ORDER BY next_attempt_at LIMIT 4 FOR UPDATE", connection, another);
        await claiming.ExecuteNonQueryAsync();

        var claimed = await Host.Get<IDispatchStore>().ClaimAsync([new("lane_a", 10)], Now, Now.AddMinutes(1), CancellationToken.None).InTimeAsync();
        Assert.That(claimed.Select(delivery => delivery.Id), Is.EqualTo(Enumerable.Range(5, 6).Select(n => $"dlv_lane_a{n}")));
    }

    [Test]
    public async Task Due_lanes_are_found_without_walking_through_what_is_due()
    {
        foreach (var lane in (string[])["lane_a", "lane_b", "lane_c"])
            await SeedAsync(lane, 3_000);
        var now = Infrastructure.Persistence.Model.UnixMicroseconds.From(Now);
        var plan = await QueryAsync("EXPLAIN (ANALYZE, FORMAT TEXT, TIMING OFF, COSTS OFF) " + PostgresDispatchSql.FindDueLanes.Replace("$1", $"{now}", StringComparison.Ordinal));
        Assert.That(plan, Has.None.Contains("Seq Scan").And.Some.Contains("ix_deliveries_claim"), string.Join('\n', plan));
        Assert.That(plan, Has.None.Matches("rows=[0-9]{3,}"), string.Join('\n', plan));
    }

    [Test]
    public async Task Claims_read_no_more_than_they_take()
    {
        foreach (var lane in (string[])["lane_a", "lane_b", "lane_c"])
            await SeedAsync(lane, 3_000);
        var now = Infrastructure.Persistence.Model.UnixMicroseconds.From(Now);
        string[] values = [$"{now + 1}", $"{now}", "ARRAY[20, 20]", "ARRAY['lane_a', 'lane_c']"];
        var claim = values.Select((value, i) => ($"${4 - i}", value)).Aggregate(PostgresDispatchSql.Claim, (sql, to) => sql.Replace(to.Item1, to.value, StringComparison.Ordinal));
        var plan = await QueryAsync("EXPLAIN (ANALYZE, FORMAT TEXT, TIMING OFF, COSTS OFF) " + claim);
        Assert.That(plan, Has.None.Contains("Seq Scan on deliveries").And.Some.Contains("ix_deliveries_claim"), string.Join('\n', plan));
        Assert.That(plan, Has.Some.Matches("ix_deliveries_order.*\\(actual "), "what comes before in the job\n" + string.Join('\n', plan));
        Assert.That(plan.Where(line => line.Contains("deliveries", StringComparison.Ordinal)), Has.None.Matches("rows=[0-9]{3,}"), string.Join('\n', plan));
    }

    [Test]
    public async Task Records_read_no_more_than_they_change()
    {
        const int Batch = 800;
        await SeedAsync("lane_a", 20_000);
        var store = Host.Get<IDispatchStore>();
        var before = await CountersAsync();
        var claimed = await store.ClaimAsync([new("lane_a", Batch)], Now, Now.AddMinutes(1), CancellationToken.None);
        var outcome = await store.RecordAsync([.. claimed.Select(Succeeded)], [], [], Now, CancellationToken.None);
        Assert.That(outcome.Recorded.Succeeded, Is.EqualTo(Batch));

        // A connection tells what it did when it ends; until then only now and then.
        NpgsqlConnection.ClearAllPools();
        await Eventually.HoldsAsync(async () => (await CountersAsync()).Updates - before.Updates >= Batch * 2);
        Assert.That((await CountersAsync()).Walked - before.Walked, Is.LessThan(Batch), "One walk reads them all.");
    }

    [Test]
    public async Task Ids_are_in_the_order_of_their_bytes_whatever_the_database_s_own()
    {
        Assert.That(
            await QueryAsync("SELECT table_name || '.' || column_name FROM information_schema.columns WHERE table_schema = 'public' AND (column_name ~ '(^|_)id$' OR column_name = 'lane') AND collation_name IS DISTINCT FROM 'C'"),
            Is.Empty);
        Assert.That(await QueryAsync("SELECT v FROM unnest(ARRAY['a', 'B']) AS u(v) ORDER BY v"), Is.EqualTo(["a", "B"]), "the database's own is another");
    }

    async Task SeedAsync(string lane, int rows)
    {
        PostgresServer.Shared.Execute(
            $"""
            INSERT INTO events (id, workspace_id, type, sequence, body, created_at)
            SELECT 'evt_' || n, '{WorkspaceId}', 'render.completed', 1, '\x7b7d', 0 FROM generate_series(1, {rows}) n ON CONFLICT DO NOTHING;
            INSERT INTO deliveries (id, workspace_id, event_id, event_type, job_id, sequence, lane, one_shot, state, created_at, attempt_id, attempt_number,
                step, scheduled_at, next_attempt_at, claimable_at, fence)
            SELECT 'dlv_{lane}' || n, '{WorkspaceId}', 'evt_' || n, 'render.completed', 'render_' || n, 2, '{lane}', false, 0, 0, 'att_{lane}' || n, 1, 0, 0, n, n, 0
            FROM generate_series(1, {rows}) n;
            """,
            new NpgsqlConnectionStringBuilder(Database.ConnectionString).Database!);
        await QueryAsync("ANALYZE deliveries");
    }

    FinishedAttempt Succeeded(ClaimedDelivery claimed) => FinishedAttempts.Of(claimed, AttemptResult.Answered(200), Verdict.Success, Now);

    /// <summary>Of the deliveries: how many rows were changed, how many of those in no index, and how many were read by walking through the table.</summary>
    async Task<(long Updates, long Hot, long Walked)> CountersAsync()
    {
        var row = await QueryAsync("SELECT concat_ws(' ', n_tup_upd, n_tup_hot_upd, seq_tup_read) FROM pg_stat_user_tables WHERE relname = 'deliveries'");
        var parts = row.Single().Split(' ');
        return (long.Parse(parts[0], null), long.Parse(parts[1], null), long.Parse(parts[2], null));
    }

    async Task<List<string>> QueryAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(Database.ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
#pragma warning disable CA2100 // Written out above.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await using var rows = await command.ExecuteReaderAsync();
        List<string> lines = [];
        while (await rows.ReadAsync())
            lines.Add(rows.GetString(0));
        return lines;
    }
}
