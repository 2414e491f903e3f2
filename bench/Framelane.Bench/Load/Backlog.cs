using Framelane.Application.Abstractions;
using Framelane.Domain.Deliveries;
using Framelane.Domain.Events;
using Framelane.Domain.Webhooks;
using Framelane.Domain.Workspaces;
using Framelane.Infrastructure.Persistence;
using Framelane.Infrastructure.Persistence.Model;
using Framelane.Infrastructure.Persistence.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Framelane.Bench.Load;

/// <summary>A database with deliveries that are all due: made once, copied for each run.</summary>
/// <param name="Deliveries">How many in all, spread evenly over the endpoints.</param>
/// <param name="FanOut">How many endpoints each event goes to.</param>
/// <param name="EventsPerJob">How many events of one job go to the same endpoint, one after the other.</param>
sealed record Backlog(int Deliveries, int Endpoints, int Workspaces, int FanOut, int EventsPerJob, int BodyBytes)
{
    static readonly string[] Stages = ["render.queued", "render.processing", "render.progress", "render.completed"];

    public async Task WriteAsync(Place place, Func<int, string> urlOfEndpoint)
    {
        using var host = await Composition.BuildAsync(place, []);
        var now = DateTimeOffset.UtcNow;
        var dealt = Deal(await AddEndpointsAsync(host.Services, urlOfEndpoint, now), now);
        if (host.Services.GetRequiredService<IDatabaseProvider>() is SqliteProvider provider)
            WriteSqlite(provider, dealt);
        else
            await PostgresBacklog.WriteAsync(place.Settings["Framelane:Database:ConnectionString"], dealt);
    }

    static void WriteSqlite(SqliteProvider provider, IEnumerable<((WebhookEvent Event, bool IsNew) Happened, Webhook Webhook)> dealt)
    {
        using var connection = new SqliteConnections(provider).Open();
        using (var transaction = connection.BeginTransaction())
        {
            using var addEvent = new SqliteStatement(connection, """
                INSERT INTO events (id, workspace_id, type, job_id, sequence, body, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
                """);
            using var addDelivery = new SqliteStatement(connection, """
                INSERT INTO deliveries (id, workspace_id, event_id, event_type, job_id, sequence, webhook_id, lane, one_shot, state, created_at,
                    attempt_id, attempt_number, step, scheduled_at, next_attempt_at, claimable_at, fence)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 0, 0, ?9, ?10, 1, 0, ?9, ?9, ?9, 0)
                """);
            foreach (var (happened, webhook) in dealt)
            {
                if (happened.IsNew)
                {
                    addEvent
                        .Bind(happened.Event.Id.Value)
                        .Bind(happened.Event.WorkspaceId.Value)
                        .Bind(happened.Event.Type)
                        .Bind(happened.Event.JobId)
                        .Bind(happened.Event.Sequence)
                        .Bind(happened.Event.Body)
                        .Bind(UnixMicroseconds.From(happened.Event.CreatedAt))
                        .Run();
                }

                var delivery = Delivery.ToWebhook(happened.Event, webhook, oneShot: false, happened.Event.CreatedAt);
                addDelivery
                    .Bind(delivery.Id.Value)
                    .Bind(delivery.WorkspaceId.Value)
                    .Bind(delivery.EventId.Value)
                    .Bind(delivery.EventType)
                    .Bind(delivery.JobId)
                    .Bind(delivery.Sequence)
                    .Bind(webhook.Id.Value)
                    .Bind(delivery.Lane)
                    .Bind(UnixMicroseconds.From(delivery.CreatedAt))
                    .Bind(delivery.AttemptId.Value)
                    .Run();
            }

            transaction.Commit();
        }

        using (var checkpoint = new SqliteStatement(connection, "PRAGMA wal_checkpoint(TRUNCATE)"))
            checkpoint.Run();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
    }

    async Task<Webhook[]> AddEndpointsAsync(IServiceProvider services, Func<int, string> urlOfEndpoint, DateTimeOffset now)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<FramelaneDbContext>>().CreateDbContextAsync();
        var protector = services.GetRequiredService<ISecretProtector>();
        List<Webhook> webhooks = [];
        for (var i = 0; i < Workspaces; i++)
        {
            var id = WorkspaceId.New(now);
            db.Workspaces.Add(Workspace.Create(id, $"Workspace {i}", Plan.Enterprise, protector.Seal(id, 1, SigningSecret.Generate()), now));
            for (var endpoint = 0; endpoint < Endpoints / Workspaces; endpoint++)
                webhooks.Add(Webhook.Create(WebhookId.New(now), id, urlOfEndpoint(webhooks.Count), EventTypes.All, null, true, now));
        }

        db.Webhooks.AddRange(webhooks);
        await db.SaveChangesAsync();
        return [.. webhooks];
    }

    /// <summary>Events in the order in which they happened, each with the endpoints that it goes to.</summary>
    IEnumerable<((WebhookEvent Event, bool IsNew) Happened, Webhook Webhook)> Deal(Webhook[] webhooks, DateTimeOffset now)
    {
        var groups = webhooks.GroupBy(webhook => webhook.WorkspaceId).SelectMany(own => own.Chunk(FanOut)).ToList();
        for (long made = 0, round = 0; made < Deliveries; round++)
        {
            foreach (var (group, index) in groups.Select((group, index) => (group, index)))
            {
                // The jobs of a group follow each other; the events of one job are as many rounds.
                var sequence = (int)(round % EventsPerJob);
                var at = now.AddTicks((made - Deliveries) * TimeSpan.TicksPerMicrosecond);
                var jobId = $"render_{round / EventsPerJob:D13}{index:D13}";
                var type = EventsPerJob == 1 ? Stages[^1] : Stages[Math.Min(sequence, Stages.Length - 1)];
                var id = EventId.New(at);
                var body = Bodies.Make(id.Value, type, group[0].WorkspaceId.Value, jobId, sequence + 1, at, BodyBytes);
                var happened = WebhookEvent.Create(id, group[0].WorkspaceId, type, jobId, sequence + 1, body, at);
                for (var i = 0; i < group.Length && made < Deliveries; i++, made++)
                    yield return ((happened, i == 0), group[i]);
            }
        }
    }
}
