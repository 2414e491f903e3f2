using Framelane.Domain.Deliveries;
using Framelane.Domain.Events;
using Framelane.Domain.Webhooks;
using Framelane.Infrastructure.Persistence.Model;
using Npgsql;
using NpgsqlTypes;

namespace Framelane.Bench.Load;

/// <summary>Copies a backlog into PostgreSQL, and leaves it as a table is that has been there for a while: vacuumed, with statistics.</summary>
static class PostgresBacklog
{
    const string Events = "COPY events (id, workspace_id, type, job_id, sequence, body, created_at) FROM STDIN (FORMAT BINARY)";

    const string Deliveries = """
        COPY deliveries (id, workspace_id, event_id, event_type, job_id, sequence, webhook_id, lane, one_shot, state, created_at,
            attempt_id, attempt_number, step, scheduled_at, next_attempt_at, claimable_at, fence) FROM STDIN (FORMAT BINARY)
        """;

    public static async Task WriteAsync(string connectionString, IEnumerable<((WebhookEvent Event, bool IsNew) Happened, Webhook Webhook)> dealt)
    {
        await using var toEvents = new NpgsqlConnection(connectionString);
        await using var toDeliveries = new NpgsqlConnection(connectionString);
        await toEvents.OpenAsync();
        await toDeliveries.OpenAsync();
        await using (var events = await toEvents.BeginBinaryImportAsync(Events))
        await using (var deliveries = await toDeliveries.BeginBinaryImportAsync(Deliveries))
        {
            foreach (var ((happened, isNew), webhook) in dealt)
            {
                if (isNew)
                    await AddAsync(events, happened);
                await AddAsync(deliveries, Delivery.ToWebhook(happened, webhook, oneShot: false, happened.CreatedAt));
            }

            await events.CompleteAsync();
            await deliveries.CompleteAsync();
        }

        await using var settle = new NpgsqlCommand("VACUUM ANALYZE", toEvents);
        await settle.ExecuteNonQueryAsync();
        NpgsqlConnection.ClearAllPools();
    }

    static async Task AddAsync(NpgsqlBinaryImporter events, WebhookEvent happened)
    {
        await events.StartRowAsync();
        await events.WriteAsync(happened.Id.Value);
        await events.WriteAsync(happened.WorkspaceId.Value);
        await events.WriteAsync(happened.Type);
        await events.WriteAsync(happened.JobId);
        await events.WriteAsync(happened.Sequence);
        await events.WriteAsync(happened.Body, NpgsqlDbType.Bytea);
        await events.WriteAsync(UnixMicroseconds.From(happened.CreatedAt));
    }

    static async Task AddAsync(NpgsqlBinaryImporter deliveries, Delivery delivery)
    {
        var at = UnixMicroseconds.From(delivery.CreatedAt);
        await deliveries.StartRowAsync();
        await deliveries.WriteAsync(delivery.Id.Value);
        await deliveries.WriteAsync(delivery.WorkspaceId.Value);
        await deliveries.WriteAsync(delivery.EventId.Value);
        await deliveries.WriteAsync(delivery.EventType);
        await deliveries.WriteAsync(delivery.JobId);
        await deliveries.WriteAsync(delivery.Sequence);
        await deliveries.WriteAsync(delivery.WebhookId!.Value.Value);
        await deliveries.WriteAsync(delivery.Lane);
        await deliveries.WriteAsync(false);
        await deliveries.WriteAsync((int)DeliveryState.Pending);
        await deliveries.WriteAsync(at);
        await deliveries.WriteAsync(delivery.AttemptId.Value);
        await deliveries.WriteAsync(1);
        await deliveries.WriteAsync(0);
        await deliveries.WriteAsync(at);
        await deliveries.WriteAsync(at);
        await deliveries.WriteAsync(at);
        await deliveries.WriteAsync(0L);
    }
}
