using System.Data.Common;
using Framelane.Application.Jobs;
using Framelane.Application.Workspaces.Delete;
using Framelane.Domain.Audit;
using Framelane.Domain.Deliveries;
using Framelane.Domain.Identities;
using Framelane.Infrastructure.Persistence;
using Framelane.Infrastructure.Persistence.Maintenance;
using Framelane.Infrastructure.Tests.Assets;
using Framelane.Infrastructure.Tests.Jobs;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Framelane.Infrastructure.Tests.Persistence;

/// <summary>However much there is, no statement that erases a workspace, or what is past its time, looks through all of it.</summary>
public sealed class SweepPlanTests : AssetStorageTests<SqliteDatabase>
{
    /// <summary>What is kept there is little: an hour's uploads, events of subscriptions, processes, addresses that were given of late.</summary>
    static readonly string[] Small = ["uploads", "billing_events", "workspaces", "nodes", "signups"];

    [Test]
    public async Task Each_statement_that_erases_finds_its_rows_by_an_index() => Assert.That(await WalksAsync(await EraseAsync()), Is.Empty);

    [Test]
    public async Task Each_statement_that_removes_what_is_old_finds_its_rows_by_an_index()
    {
        await FillAsync();
        Time.Advance(TimeSpan.FromDays(40));
        var statements = await WatchAsync(host => host.Get<RetentionSweep>().RunAsync(CancellationToken.None));
        Assert.That(await Host.ReadAsync(async db => await db.Attempts.CountAsync() + await db.IdempotencyKeys.CountAsync() + await db.JobSources.CountAsync() + await db.JobRequests.CountAsync()), Is.Zero);

        // What a job reads, and what it was asked for, is kept while it is open, so those of ended ones are looked for among few.
        Assert.That((await WalksAsync(statements)).Where(walk => !walk.Contains("SELECT \"j\".\"job_id\"", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public async Task Events_are_looked_at_page_by_page_whosever_they_are()
    {
        var statements = await EraseAsync();
        var reads = statements.Where(statement => statement.StartsWith("SELECT", StringComparison.Ordinal) && statement.Contains("FROM \"events\"", StringComparison.Ordinal)).ToList();
        Assert.That(reads, Is.Not.Empty);
        Assert.That(reads.Select(read => read[read.IndexOf("WHERE", StringComparison.Ordinal)..]), Has.None.Contains("workspace_id"), "there is no index of it");
    }

    /// <summary>Those of the statements that read a whole table.</summary>
    async Task<IReadOnlyList<string>> WalksAsync(IReadOnlyList<string> statements)
    {
        List<string> walks = [];
        await using var db = Host.NewContext();
        await db.Database.OpenConnectionAsync();
        foreach (var statement in statements)
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = "EXPLAIN QUERY PLAN " + statement;
            foreach (var name in Names(statement))
            {
                var parameter = command.CreateParameter();
                (parameter.ParameterName, parameter.Value) = (name, "1");
                command.Parameters.Add(parameter);
            }

            await using var rows = await command.ExecuteReaderAsync();
            while (await rows.ReadAsync())
            {
                var walk = rows.GetString(3);
                if (walk.StartsWith("SCAN", StringComparison.Ordinal) && !Small.Any(table => statement.Contains($"\"{table}\"", StringComparison.Ordinal)))
                    walks.Add($"{walk}: {statement}");
            }
        }

        Assert.That(statements, Has.Count.GreaterThan(10));
        return walks;
    }

    static IEnumerable<string> Names(string statement) =>
        System.Text.RegularExpressions.Regex.Matches(statement, "@\\w+").Select(found => found.Value).Distinct();

    async Task<IReadOnlyList<string>> EraseAsync()
    {
        await FillAsync();
        await using (var scope = Worker.Scope())
            Assert.That((await scope.ServiceProvider.GetRequiredService<ISender>().Send(new DeleteWorkspaceCommand(Actor.System(WorkspaceId)))).IsSuccess, Is.True);
        var statements = await WatchAsync(host => host.Get<WorkspaceErasure>().RunAsync(CancellationToken.None));
        Assert.That(await Host.ReadAsync(async db => await db.Events.CountAsync() + await db.Attempts.CountAsync() + await db.IdempotencyKeys.CountAsync()), Is.Zero);
        return statements;
    }

    async Task<IReadOnlyList<string>> WatchAsync(Func<TestHost, Task> sweep)
    {
        var statements = new Texts();
        await using var watched = NewHost(services =>
        {
            services.AddAssetWork();
            services.ConfigureDbContext<FramelaneDbContext>(options => options.AddInterceptors(statements));
        });
        await sweep(watched);
        return statements.Seen;
    }

    /// <summary>One row at least of whatever is found by something else first.</summary>
    async Task FillAsync()
    {
        var webhook = await AddWebhookAsync();
        var asset = await Worker.ImportAsync(WorkspaceId, Later());
        var job = await Worker.SubmitJobAsync(WorkspaceId, Later(), ingests: false, new JobSource(asset.Id, "https://example.com/a", "elements[0].source_url"));
        var stored = new StoredAttempts(Worker, Time);
        await stored.AppendAsync(WorkspaceId);
        await stored.AttemptAsync(webhook.Id.Value, AttemptResult.Answered(200));
        await Worker.WriteAsync(async db =>
        {
            (await db.Jobs.SingleAsync(row => row.Id == job)).Cancel(Now);
            db.AssetFonts.Add(new() { AssetId = asset.Id, WorkspaceId = WorkspaceId, Family = "Family" });
            db.Identities.Add(Identity.Create(IdentityName.TryMake("https://id.example.com", "user")!, WorkspaceId, Now));
            db.IdempotencyKeys.Add(new() { Scope = $"{WorkspaceId} v1/webhooks", Key = "key", Fingerprint = [1], Token = 1, CreatedAt = Now, LeaseExpiresAt = Now });
        });
    }

    sealed class Texts : DbCommandInterceptor
    {
        public List<string> Seen { get; } = [];

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            Seen.Add(command.CommandText);
            return base.ReaderExecutingAsync(command, eventData, result, cancellationToken);
        }

        public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            Seen.Add(command.CommandText);
            return base.NonQueryExecutingAsync(command, eventData, result, cancellationToken);
        }
    }
}
