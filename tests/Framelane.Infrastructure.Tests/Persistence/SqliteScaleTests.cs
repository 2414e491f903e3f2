using System.Data.Common;
using Framelane.Domain.Usage;
using Framelane.Domain.Webhooks;
using Framelane.Infrastructure.Assets;
using Framelane.Infrastructure.Jobs;
using Framelane.Infrastructure.Persistence.Repositories;
using Framelane.Infrastructure.Persistence.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Framelane.Infrastructure.Tests.Persistence;

/// <summary>What runs all the time goes by an index and sorts nothing: without statistics, as SQLite runs here, and by those of tables that have grown.</summary>
public sealed class SqliteScaleTests : StorageTests<SqliteDatabase>
{
    /// <remarks>A tenth is the workspace's own, in ten webhooks; one in twenty is open.</remarks>
    const string Seed = """
        CREATE TEMP TABLE made AS
            WITH RECURSIVE count(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM count WHERE n < 20000)
            SELECT n, printf('7Z%024d', n) AS id, printf('wh_%026d', n % 100) AS webhook_id, CASE WHEN n % 10 = 0 THEN $workspace ELSE 'ws_other' END AS workspace_id
            FROM count;
        INSERT INTO events (id, workspace_id, type, sequence, body, created_at) SELECT 'evt_' || id, workspace_id, 'render.completed', 1, x'7b7d', n FROM made;
        INSERT INTO deliveries (id, workspace_id, event_id, event_type, job_id, sequence, webhook_id, lane, one_shot, state, created_at, attempt_id,
            attempt_number, step, scheduled_at, next_attempt_at, claimable_at, fence)
        SELECT 'dlv_' || id, workspace_id, 'evt_' || id, 'render.completed', 'render_' || id, 2, webhook_id, webhook_id, 0, CASE n / 1000 % 20 WHEN 0 THEN 0 ELSE 1 END, n,
            'att_' || id, 1, 0, n, n, n, 0
        FROM made;
        INSERT INTO attempts (id, delivery_id, workspace_id, webhook_id, event_type, job_id, attempt_number, status, created_at, attempted_at, ended_at, epoch, signatures)
        SELECT attempt_id, id, workspace_id, webhook_id, event_type, job_id, 1, 1, created_at, created_at, created_at, 1, 1 FROM deliveries;
        INSERT INTO assets (id, workspace_id, origin, status, created_at, claimable_at, fence, runs)
        SELECT 'asset_' || id, CASE WHEN n % 10 = 0 THEN $workspace ELSE 'ws_' || n % 100 END, 1, CASE n / 1000 % 20 WHEN 0 THEN 1 ELSE 3 END, n, n, 0, n % 100 = 0
        FROM made;
        """;

    [TestCase("")]
    [TestCase("ANALYZE;")]
    public async Task Claims_lists_and_the_sweep_go_by_indexes(string statistics)
    {
        await using var connection = new SqliteConnection($"Data Source={Database.File}");
        await connection.OpenAsync();
        await using (var seed = connection.CreateCommand())
        {
            seed.CommandText = Seed + statistics;
            seed.Parameters.AddWithValue("$workspace", WorkspaceId.Value);
            await seed.ExecuteNonQueryAsync();
        }

        await using var db = Host.NewContext();
        List<(string Name, string Sql)> statements =
        [
            .. ScaleQueries.Of(db, WorkspaceId, WebhookId.FromStored($"wh_{10:D26}"), Now.AddDays(-1))
                .Concat(ScaleQueries.OfAccounts(db, Now))
                .Select(query => (query.Name, query.Query.CreateDbCommand().CommandText)),
            ("recover", DeliveryRepository.Made(db.Deliveries, WebhookId.FromStored($"wh_{10:D26}"), Now).Skip(1000).Take(1).CreateDbCommand().CommandText),
            ("lanes", SqliteDispatchSql.FindDueLanes),
            ("claim", SqliteDispatchSql.FindClaimable),
            ("lease", SqliteDispatchSql.Lease),
            ("load", SqliteDispatchSql.Load),
            ("success", SqliteDispatchSql.Succeed),
            ("move", SqliteDispatchSql.MoveDelivery),
        ];
        await AssertIndexedAsync(connection, statements);
        Assert.That(await ExplainAsync(connection, SqliteDispatchSql.FindClaimable), Has.Some.Contains("ix_deliveries_order"), "what comes before in the job");
    }

    [Test]
    public async Task The_sweeps_of_files_go_by_indexes()
    {
        await using var db = Host.NewContext();
        await db.Database.OpenConnectionAsync();
        await AssertIndexedAsync(db.Database.GetDbConnection(), ScaleQueries.OfFiles(db, Now).Select(query => (query.Name, query.Query.CreateDbCommand().CommandText)));
    }

    [Test]
    public async Task A_scene_that_was_rendered_before_is_found_by_what_it_shows()
    {
        await using var db = Host.NewContext();
        await db.Database.OpenConnectionAsync();
        var plan = await ExplainAsync(db.Database.GetDbConnection(), RenderCache.Made(db, WorkspaceId, "key").Take(1).CreateDbCommand().CommandText);
        Assert.That(plan[0], Does.Contain("INDEX ix_jobs_content (workspace_id=? AND content_key=?)"), string.Join('\n', plan));
    }

    [Test]
    public async Task The_minutes_that_count_against_a_cap_are_found_by_their_kind()
    {
        await using var db = Host.NewContext();
        await db.Database.OpenConnectionAsync();
        var sql = UsageLedger.Used(db, WorkspaceId, CalendarMonth.Of(Now)).CreateDbCommand().CommandText;
        var plan = await ExplainAsync(db.Database.GetDbConnection(), sql);
        Assert.That(plan.Single(), Does.Contain("COVERING INDEX ix_usage_ledger_workspace (workspace_id=? AND kind=? AND at>? AND at<?)"));
    }

    [Test]
    public async Task Assets_that_are_worked_on_and_that_wait_are_found_among_those_alone()
    {
        await using var db = Host.NewContext();
        await db.Database.OpenConnectionAsync();
        foreach (var query in new[] { AssetPlaces.Working(db, AssetWork.Fetch, WorkspaceId), AssetPlaces.Waiting(db, AssetWork.Fetch, WorkspaceId, Now).OrderBy(asset => asset.Id).Take(1) })
        {
            var plan = await ExplainAsync(db.Database.GetDbConnection(), query.CreateDbCommand().CommandText);
            Assert.That(plan.Single(), Does.Match("^SEARCH a USING INDEX ix_assets_work \\(workspace_id=\\? AND status=\\? AND runs[=>]\\?\\)$"));
        }
    }

    static async Task AssertIndexedAsync(DbConnection connection, IEnumerable<(string Name, string Sql)> statements)
    {
        using var all = Assert.EnterMultipleScope();
        foreach (var (name, sql) in statements)
        {
            var plan = await ExplainAsync(connection, sql);
            Assert.That(plan.Where(step => step.StartsWith("SCAN ", StringComparison.Ordinal)), Has.All.Matches("^SCAN (hop|\\(subquery-.*)"), $"{name}\n{string.Join('\n', plan)}");
            Assert.That(plan, Has.None.Contains("TEMP B-TREE"), name);
            Assert.That(plan, Has.Some.StartsWith("SEARCH "), name);
        }
    }

    static async Task<List<string>> ExplainAsync(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The product's own statements.
        command.CommandText = "EXPLAIN QUERY PLAN " + sql;
#pragma warning restore CA2100
        foreach (var name in sql.Split(' ', '\n', '\r', ',', ')', '(').Where(word => word.StartsWith('@') || word.StartsWith('?')).Distinct())
            command.Parameters.Add(new SqliteParameter(name, 1));
        List<string> steps = [];
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
            steps.Add(rows.GetString(3));
        return steps;
    }
}
