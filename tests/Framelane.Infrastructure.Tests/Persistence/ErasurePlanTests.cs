using System.Data.Common;
using Framelane.Application.Workspaces.Delete;
using Framelane.Domain.Audit;
using Framelane.Domain.Events;
using Framelane.Infrastructure.Persistence;
using Framelane.Infrastructure.Persistence.Maintenance;
using Framelane.Infrastructure.Tests.Assets;
using Framelane.Infrastructure.Tests.Jobs;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Framelane.Infrastructure.Tests.Persistence;

/// <summary>However much others have, no statement that erases a workspace looks through it.</summary>
public sealed class ErasurePlanTests : AssetStorageTests<SqliteDatabase>
{
    /// <summary>What is kept there is little: an hour's uploads, and events of subscriptions.</summary>
    static readonly string[] Small = ["uploads", "billing_events", "workspaces"];

    [Test]
    public async Task Each_statement_finds_its_rows_by_an_index()
    {
        var statements = await EraseAsync();
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

        Assert.That(statements, Has.Count.GreaterThan(20));
        Assert.That(walks, Is.Empty);
    }

    [Test]
    public async Task Events_are_looked_at_page_by_page_whosever_they_are()
    {
        var statements = await EraseAsync();
        var reads = statements.Where(statement => statement.StartsWith("SELECT", StringComparison.Ordinal) && statement.Contains("FROM \"events\"", StringComparison.Ordinal)).ToList();
        Assert.That(reads, Is.Not.Empty);
        Assert.That(reads.Select(read => read[read.IndexOf("WHERE", StringComparison.Ordinal)..]), Has.None.Contains("workspace_id"), "there is no index of it");
    }

    static IEnumerable<string> Names(string statement) =>
        System.Text.RegularExpressions.Regex.Matches(statement, "@\\w+").Select(found => found.Value).Distinct();

    async Task<IReadOnlyList<string>> EraseAsync()
    {
        var statements = new Texts();
        await Worker.SubmitJobAsync(WorkspaceId, Later());
        await Worker.WriteAsync(db =>
        {
            db.Events.Add(WebhookEvent.Create(EventId.New(Now), WorkspaceId, "render.completed", "render_1", 1, "{}"u8.ToArray(), Now));
            return Task.CompletedTask;
        });
        await using (var scope = Worker.Scope())
            Assert.That((await scope.ServiceProvider.GetRequiredService<ISender>().Send(new DeleteWorkspaceCommand(Actor.System(WorkspaceId)))).IsSuccess, Is.True);
        await using var watched = NewHost(services =>
        {
            services.AddAssetWork();
            services.ConfigureDbContext<FramelaneDbContext>(options => options.AddInterceptors(statements));
        });
        await watched.Get<WorkspaceErasure>().RunAsync(CancellationToken.None);
        Assert.That(await Host.ReadAsync(db => db.Events.CountAsync()), Is.Zero);
        return statements.Seen;
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
